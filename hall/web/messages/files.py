"""Sentences of the files room. Each says what is accepted, so that the next try succeeds."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "file_empty": N_("文件是空的。请选一张照片（JPEG、PNG、WebP）或一个 PDF。"),
    "file_too_large": N_("文件太大，最多 %(most_mb)s MB。照片请缩小，PDF 请分成几份。"),
    "file_kind_refused": N_(
        "这种文件不收。收照片（JPEG、PNG、WebP）和 PDF；Word、表格请另存为 PDF。"
    ),
    "file_broken": N_("文件打不开，可能没有传完整。请重新选照片（JPEG、PNG、WebP）或 PDF。"),
    "file_encrypted": N_("这个 PDF 加了密码。请去掉密码，另存一份再传。"),
    "file_too_many_pixels": N_("照片太大，最多 %(most)s 像素。请缩小再传。"),
    "file_too_many_pages": N_("这个 PDF 有 %(pages)s 页，最多 %(most)s 页。请分成几份。"),
    "file_grows": N_("这个 PDF 整理以后超过 %(most_mb)s MB。请分成几份。"),
    "file_too_costly": N_("这个文件太复杂，没有打开。请另存为普通的 PDF 或照片再传。"),
    "file_too_many_a_day": N_("一天最多传 %(most)s 个文件，%(not_before)s 之后再传。"),
}
