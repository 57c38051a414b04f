"""Faults in the files that are handed out: whose rows they hold, what they say and who can read them."""

from tests.mutations.mutation import Mutation

FILES, REPORTS = "tests/inventory/compilation/test_files.py", "tests/documents/test_reports.py"

FILES_HANDED_OUT = [
    Mutation(
        "a buyer's file holds everybody's rows",
        "insteg/inventory/views/compilation_file.py",
        "reading_of(request, planned)",
        "reading_of(request, planned.model.objects.all())",
        (f"{FILES}::test_a_buyer_gets_its_own_rows_and_no_others",),
    ),
    Mutation(
        "a file does not say that only a part is in it",
        "insteg/inventory/cards/compilation_document.py",
        "    if content.chosen:\n",
        "    if content.chosen and not content.findings:\n",
        (f"{FILES}::test_the_filter_of_the_page_is_the_filter_of_the_file",),
    ),
    Mutation(
        "a cut list does not say so",
        "insteg/inventory/cards/compilation_content.py",
        "    if shown >= total:\n",
        "    if shown:\n",
        (f"{FILES}::test_a_long_list_is_cut_and_says_where_the_rest_is",),
    ),
    Mutation(
        "a sign that the typeface lacks stops the file",
        "insteg/documents/pdf.py",
        "sign if has(sign) else SQUARE",
        "sign",
        (f"{REPORTS}::test_signs_that_the_typeface_lacks_are_squares_in_pdf_and_a_line_says_so",),
    ),
    Mutation(
        "a picture needs no words",
        "insteg/documents/report.py",
        "    if not picture.alt.strip():\n",
        "    if picture.alt is None:\n",
        (f"{REPORTS}::test_no_file_is_made_of_a_picture_without_words",),
    ),
    Mutation(
        "the heads of a table in Word stand on its first page alone",
        "insteg/documents/word.py",
        '    heads.get_or_add_trPr().append(OxmlElement("w:tblHeader"))\n',
        "",
        (f"{REPORTS}::test_word_has_real_headings_and_heads_that_are_repeated",),
    ),
]
