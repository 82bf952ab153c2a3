"""Sentences of the roll room: refused files, refusals, and every problem an owners' roll can have."""

from __future__ import annotations

from hall.web.i18n import N_

# Why a file is not read at all (hall.sheets).
FILES = {
    "empty": N_("文件是空的。请打开看一眼，存好再传。"),
    "too_large": N_("文件超过 %(limit_mb)s MB。名册本身没有这么大，请删掉图片和别的表再传。"),
    "too_big_unzipped": N_("文件解开后超过 %(limit_mb)s MB。请另存为新的 xlsx，只留名册一张表。"),
    "too_many_parts": N_("文件里的零件太多（%(parts)s 个）。请另存为新的 xlsx 再传。"),
    "too_many_sheets": N_("表太多了，最多读 %(limit)s 张。请只留名册那几张。"),
    "too_many_rows": N_("行数超过 %(limit)s。请删掉名册以外的行。"),
    "too_many_columns": N_("列数超过 %(limit)s。请删掉名册以外的列。"),
    "too_many_cells": N_("格子超过 %(limit)s 个。请删掉名册以外的内容。"),
    "cell_too_long": N_("有一格超过 %(limit)s 个字，不像名册。请检查。"),
    "too_costly": N_("这个文件读起来太费时，已经停下。请另存为新的 xlsx 或 csv 再传。"),
    "encrypted": N_("文件加了密码。请去掉密码，另存再传。"),
    "macro": N_("文件里有宏，不能传。请另存为不带宏的 xlsx。"),
    "external_links": N_("文件连着别的文件。请把公式贴成数值，另存再传。"),
    "xlsb": N_("这是 xlsb 格式，读不了。请另存为 xlsx。"),
    "old_xls": N_("这是旧的 xls 格式，读不了。请另存为 xlsx。"),
    "html_not_xls": N_("这其实是一张网页，只是名字写成 xls。请打开后另存为 xlsx。"),
    "xml_2003": N_("这是 2003 年的 XML 表格，读不了。请打开后另存为 xlsx。"),
    "not_a_spreadsheet": N_("这不是表格。请传 xlsx 或 csv。"),
    "broken_zip": N_("文件坏了，打不开。请重新存一份再传。"),
    "broken_workbook": N_("文件里面坏了，读不全。请打开后另存为新的 xlsx。"),
    "unsafe_names": N_("文件里有可疑的路径，没有读。请另存为新的 xlsx。"),
    "has_doctype": N_("文件里有不该有的声明，没有读。请另存为新的 xlsx。"),
    "bad_encoding": N_("第 %(row)s 行的字认不出来。请存成 UTF-8 的 csv，或者 xlsx。"),
    "nul_bytes": N_("第 %(row)s 行有看不见的空字符。请另存为 xlsx。"),
    "unclosed_quote": N_("第 %(row)s 行的引号没有配对，后面都会读错。请检查。"),
    "bad_quotes": N_("第 %(row)s 行的引号放得不对。请检查。"),
}

# What is wrong in a roll that was read, and what to do about it.
PROBLEMS: dict[str, tuple[str, str]] = {
    # blocks
    "header_not_found": (
        N_("找不到表头：没有一行同时写着房号和业主（或面积）。"),
        N_("在第 1 行写上列名，比如：楼栋、单元、房号、业主、建筑面积。"),
    ),
    "area_column_missing": (
        N_("没有面积这一列。"),
        N_("表决要按面积算，请加上产权登记的建筑面积。"),
    ),
    "area_is_site_area": (
        N_("这一列是占地面积，表决要用专有部分面积。"),
        N_("请换成产权登记上每户的建筑面积。"),
    ),
    "area_is_shared_area": (
        N_("这一列是公摊面积，表决要用专有部分面积。"),
        N_("请换成产权登记上每户的建筑面积。"),
    ),
    "column_repeated": (N_("有两列同名，内容却不一样。"), N_("请只留对的一列。")),
    "no_units": (N_("一户也没有读到。"), N_("请看看是不是选错了文件或表。")),
    "unit_missing": (N_("这一行有业主或面积，没有房号。"), N_("请补上房号。")),
    "unit_unreadable": (N_("房号认不出来。"), N_("请写成 2栋1单元502 或 2-1-502。")),
    "unit_is_date": (
        N_("房号被表格软件变成了日期。"),
        N_("请把这一列设成“文本”，重新填房号。"),
    ),
    "unit_contradicts_columns": (
        N_("房号和楼栋、单元两列对不上。"),
        N_("请对照门牌，把错的一处改过来。"),
    ),
    "building_missing": (N_("不知道是哪一栋。"), N_("请补上楼栋。")),
    "unit_repeated": (
        N_("%(unit)s 出现了不止一次（第 %(rows)s 行），内容不一样。"),
        N_("请改对，或删掉多的一行。"),
    ),
    "area_missing": (N_("没有面积。"), N_("请按不动产登记、实测报告、购房合同的先后补上。")),
    "area_not_number": (N_("面积不是数字。"), N_("请只写数字，单位是平方米。")),
    "area_not_positive": (N_("面积是零或负数。"), N_("请对照产权证改过来。")),
    "area_too_precise": (N_("面积超过四位小数。"), N_("产权证上最多四位，请对照改过来。")),
    "area_absurd": (
        N_("面积大得不像一户（超过 %(limit_m2)s ㎡）。"),
        N_("请看看是不是小数点错位，或者写了整栋的面积。"),
    ),
    "area_is_date": (
        N_("面积被表格软件变成了日期。"),
        N_("请把这一列设成“常规”，重新填面积。"),
    ),
    "area_merged_over_units": (
        N_("一格面积跨着几户，不知道每户多少。"),
        N_("请取消合并，每户各写各的面积。"),
    ),
    "total_is_site_area": (
        N_("面积加起来正好是小区占地面积，不是各户的专有部分面积。"),
        N_("请换成产权登记上每户的建筑面积。"),
    ),
    "owner_not_a_name": (N_("业主这一格不像姓名。"), N_("请写姓名；不知道就空着。")),
    "cell_error": (N_("这一格是出错的公式。"), N_("请改好公式，或者直接填数值。")),
    "formula_without_value": (
        N_("这一格是公式，文件里没有存算好的值。"),
        N_("请用表格软件打开，存一次再传。"),
    ),
    # warns
    "owner_column_missing": (
        N_("没有业主这一列。"),
        N_("可以先导入，全部记为“未核实”；补上姓名才能投票。"),
    ),
    "owner_missing": (
        N_("没有业主姓名。"),
        N_("导入后记为“未核实”：仍计在总人数、总面积里，核实前投不了票。"),
    ),
    "owner_deceased": (N_("注明业主已去世。"), N_("记为“未核实”，请继承人办好登记再改。")),
    "co_owners_not_named": (
        N_("写了“等几人”，没有写全共有人。"),
        N_("记为“未核实”，请补上全部共有人。"),
    ),
    "co_owner_row_assumed": (
        N_("这一行没有房号，当作上一户的共有人。"),
        N_("不是的话，请补上房号。"),
    ),
    "same_name_assumed": (
        N_("这个姓名名下有几套（%(units)s），当作同一个人，算 1 人。"),
        N_("是同名的两个人，请在电话一列分开。"),
    ),
    "same_name_different_phone": (
        N_("同一个姓名有不同的电话（%(units)s），当作不同的人。"),
        N_("其实是一个人，请把电话改成一样。"),
    ),
    "same_name_ambiguous": (
        N_("同一个姓名分不清是一个人还是几个人（%(units)s）。"),
        N_("请在电话一列写清。"),
    ),
    "name_remark_ignored": (N_("姓名后面的备注没有读。"), N_("备注要紧的话，请记在别处。")),
    "invisible_characters": (N_("里面有看不见的字符，已经去掉。"), N_("请核对一眼。")),
    "odd_characters": (N_("里面有少见的符号。"), N_("请核对一眼。")),
    "phone_unreadable": (N_("电话认不出来，没有读。"), N_("请补一个能打通的电话。")),
    "phone_lost_digits": (
        N_("电话少了位数，像被表格软件改过。"),
        N_("请把这一列设成“文本”，重新填。"),
    ),
    "phone_masked": (N_("电话中间是星号，没有读。"), N_("请补完整的电话。")),
    "share_unreadable": (N_("份额认不出来，按没有写算。"), N_("请写成 1/2 或 50%%。")),
    "shares_do_not_add_up": (N_("共有份额加起来不是一整套。"), N_("请对照产权证。")),
    "status_unreadable": (N_("房屋状态认不出来，当作已售。"), N_("请写已售、未售或未交付。")),
    "unsold_with_owner": (
        N_("写着未售，又有业主姓名。"),
        N_("请核对：卖出了就改成已售，没卖就去掉姓名。"),
    ),
    "decimal_comma": (N_("面积用逗号当小数点，已经当小数点读。"), N_("请核对一眼。")),
    "area_small": (N_("面积很小。"), N_("请看看是不是少写了一位。")),
    "area_large": (N_("面积很大。"), N_("请看看是不是多写了一位。")),
    "area_unlike_neighbours": (
        N_("和同户型的邻居差得多（一般是 %(usual)s ㎡）。"),
        N_("请对照产权证。"),
    ),
    "area_inside_walls": (
        N_("只有套内或使用面积。"),
        N_("表决用产权登记的建筑面积，请尽量换成它。"),
    ),
    "several_area_columns": (
        N_("有几列面积，用的是“%(chosen)s”，没有用：%(others)s。"),
        N_("用错了的话，请只留对的一列。"),
    ),
    "several_owner_columns": (
        N_("有几列业主，用的是“%(chosen)s”，没有用：%(others)s。"),
        N_("用错了的话，请只留对的一列。"),
    ),
    "unit_repeated_same": (
        N_("%(unit)s 写了不止一次（第 %(rows)s 行），内容一样，只算一户。"),
        N_("不用改。"),
    ),
    "entrance_assumed": (N_("没有写单元，按上一行的 %(entrance)s 单元算。"), N_("请核对一眼。")),
    "total_differs": (
        N_("合计行写的是 %(declared)s，逐行加起来是 %(counted)s。"),
        N_("请找出差在哪一行。"),
    ),
    "households_differ": (
        N_("小区登记 %(estate)s 户，文件里有 %(file)s 户。"),
        N_("请看看是不是漏了或多了。"),
    ),
    "building_unknown": (N_("小区里没有登记过这一栋。"), N_("导入后会新加；写错了请改。")),
    "sheet_hidden": (N_("这张表是隐藏的，没有读。"), N_("要读的话，请取消隐藏再传。")),
    "sheet_left_out": (
        N_("这张表和“%(same_as)s”重复，没有读。"),
        N_("不是重复的话，请改名再传。"),
    ),
    "rows_hidden": (
        N_("有 %(count)s 行是隐藏的，也读了（第 %(rows)s 行）。"),
        N_("不要它们的话，请删掉再传。"),
    ),
    "columns_hidden": (N_("有隐藏的列，也读了（%(columns)s）。"), N_("请核对一眼。")),
    # info
    "id_numbers_not_read": (N_("身份证号这一列不读，不保存。"), ""),
    "full_width": (N_("全角数字和字母改成半角，共 %(count)s 格。"), ""),
    "spaces_removed": (N_("去掉多余的空格，共 %(count)s 格。"), ""),
    "leading_zeros": (N_("去掉房号前面的零，共 %(count)s 格。"), ""),
    "filled_down": (N_("空着的楼栋按上一行填，共 %(count)s 行。"), ""),
    "names_joined": (N_("姓名中间的空格去掉，共 %(count)s 格。"), ""),
    "total_row": (N_("这是合计行，不当作一户。"), ""),
    "header_repeated": (N_("这一行又写了一遍表头，跳过。"), ""),
    "row_ignored": (N_("这一行不是一户，跳过。"), ""),
    "rows_without_data": (N_("%(count)s 行没有内容，跳过。"), ""),
    "area_source_assumed": (N_("没有写面积来源，按“购房合同”记，共 %(count)s 户。"), ""),
    "kind_unreadable": (N_("房屋用途认不出来，当作住宅。"), ""),
    "not_counted": (N_("车位、储藏室 %(count)s 个，共 %(area)s ㎡，不计入。"), ""),
    "sheet_not_a_roll": (N_("这张表不是名册，没有读。"), ""),
    "more_problems": (N_("还有 %(count)s 处没有列出来。先改上面的，再传一次。"), ""),
}

SENTENCES = FILES | {
    # import
    "file_missing": N_("还没有选文件。"),
    "check_missing": N_("请先勾选“我对过产权登记资料”。"),
    "import_confirmed_already": N_("%(at)s 已经导入过了。"),
    "import_cancelled": N_("%(at)s 已经撤回。"),
    "import_has_errors": N_("文件里有 %(count)s 处必须改，改好再传一次。"),
    "import_is_empty": N_("文件里一户也没有读到。"),
    "import_same_person": N_("上传的人不能自己确认，要由另一位复核。"),
    "roll_changed_since_upload": N_(
        "%(at)s 上传以后名册又改过，对照的已经不是现在的样子。请重新传一次。"
    ),
    # publicity
    "days_out_of_range": N_("公示天数要在 %(least)s 到 %(most)s 天之间。"),
    "corrections_closed": N_("更正期 %(until)s 已过。有错请直接找业委会。"),
    "answer_choice_missing": N_("请选一项：成立、采纳，或者不。"),
    # sales and representatives
    "title_evidence_missing": N_("请写明凭据：看过什么、哪天的、原件放哪里。"),
    "holders_missing": N_("请写上新业主的姓名。"),
    "effective_in_future": N_("登记的日期还没到，到了再来登记。"),
    "effective_before_title": N_("登记的日期早于上一次过户（%(from)s），请核对。"),
    "effective_day_missing": N_("请写上日期。"),
    "share_wrong": N_("份额“%(share)s”不对，写成 1/2 这样。"),
    "same_name_undecided": N_("名册里有同名的人。请选：是同一个人，还是另一个人。"),
    "holder_repeated": N_("同一个人写了两遍，请去掉一行。"),
    "nothing_changes": N_("和现在的业主一样，没有变化。"),
    "shares_do_not_add_up": N_("份额加起来要正好是一整套，请核对。"),
    "kind_does_not_fit": N_("个人的用“监护人”，单位的用“单位授权的人”。请重新选。"),
    "representative_not_a_person": N_("代表要是一个人，不能是单位。"),
    "representation_ended": N_("%(at)s 已经结束了。"),
    "phone_tail_format": N_("请写电话的最后 4 位数字。这次不算错。"),
    "stands_for_self": N_("代表不能是本人。"),
    "ward_missing": N_("请选替哪位业主。"),
    "person_unknown": N_("本小区的名册和任职里没有“%(name)s”。请核对姓名。"),
    "person_ambiguous": N_("叫“%(name)s”的不止一位，请写上电话。"),
    "electorate_unknown": N_("“%(electorate)s”这种投票人认不出来。"),
    # letters
    "code_format": N_("码一共 16 位，只有数字和字母。请照信上再输一遍，这次不算错。"),
    "code_unknown": N_("没有这个码，或者已经换过、过期了。请看看是不是最新的那封信。"),
    "facts_wrong": N_("姓名或电话和名册上的对不上。请照产权证上的写。"),
    "facts_at_desk": N_("名册上这一户的业主还没核实。请带产权证明找业委会。"),
    "sign_in_first": N_("这位业主已经有账号。请先登录那个账号。"),
    "no_units_chosen": N_("没有要出码的房屋。请勾选，或者选别的一项。"),
    "nobody_to_write_to": N_("还没有核实过业主的房屋，没有信可出。"),
}
