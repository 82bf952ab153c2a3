# Hall 议事厅. "make help" lists the commands; they work from any folder (make -f …/Makefile run).
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory --no-builtin-rules
# The folder of this file; sed, because make cannot take apart a path with spaces.
ROOT := $(shell cd "$$(dirname "$$(printf '%s' "$(MAKEFILE_LIST)" | sed 's/^ *//')")" && pwd)
IN := cd "$(ROOT)" &&
PY := env PYTHONPATH= .venv/bin/python
export PYTHON
export PIP_ROOT_USER_ACTION := ignore
ARGS ?=

.PHONY: help run install demo test check bench format migration lock

help: ## list the commands / 列出命令
	@$(IN) sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 19

run: ## install if needed, migrate, load the demo the first time, serve / 安装、建库、启动
	@$(IN) .ci/environment run
	@$(IN) exec $(PY) -m hall run $(ARGS)

install: ## make the environment .venv only / 只准备运行环境
	@$(IN) .ci/environment dev

demo: ## throw the demo's data away and load it again / 重置演示数据
	@$(IN) .ci/environment run
	@$(IN) exec $(PY) -m hall demo --reset $(ARGS)

test: ## the whole suite, browser included / 全部测试
	@$(IN) .ci/environment dev
	@$(IN) .ci/system
	@$(IN) exec $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: ## ruff, mypy, import order, translations, migrations / 静态检查
	@$(IN) .ci/environment dev
	@$(IN) $(PY) -m ruff check .
	@$(IN) $(PY) -m ruff format --check .
	@$(IN) $(PY) -m mypy
	@$(IN) PYTHONPATH= .venv/bin/lint-imports
	@$(IN) $(PY) -m pytest tests/guards/test_translations.py tests/migrations/test_migrations.py::test_the_initial_migration_is_of_these_tables

bench: ## measure, and print targets beside results / 性能测量
	@$(IN) .ci/environment dev
	@$(IN) exec $(PY) -m tests.bench $(ARGS)

format: ## lay the code out as the check wants it / 整理代码格式
	@$(IN) .ci/environment dev
	@$(IN) $(PY) -m ruff check --fix . && $(PY) -m ruff format .

migration: ## write the initial migration anew from the tables / 由数据表重写初始迁移
	@$(IN) .ci/environment dev
	@$(IN) exec $(PY) -m hall db migration

lock: ## write the lock files anew (ARGS=--upgrade takes newest) / 重写依赖锁定文件
	@$(IN) .ci/environment dev
	@$(IN) exec .ci/lock $(ARGS)
