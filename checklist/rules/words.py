"""The names of the word lists that matchers and the section check look up by themselves."""

from __future__ import annotations

BUILT_IN = frozenset(
    {
        "channel_answer",
        "channel_hosts",
        "channel_question",
        "channel_words",
        "contact_address_parts",
        "contact_fax",
        "contact_map",
        "contact_phone",
        "executive_roles",
        "image_decoration",
        "index_pages",
        "money_none",
        "money_units",
        "person_positions",
        "person_titles",
        "section_bare_problems",
        "section_contents",
        "section_instruction",
        "section_joiner",
        "section_lead_in",
        "section_memo",
        "section_none",
        "section_none_tail",
        "section_not_heading",
        "section_problems",
        "section_questionnaire",
        "section_remedies",
        "section_signature",
        "section_suffix",
        "section_suggestions",
        "section_swot",
        "service_words",
        "signed_words",
    }
)
