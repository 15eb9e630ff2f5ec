"""What the front matter of a page says of its review, in words. Needs no Sphinx.

It gives `review: {status, by, date}` and `updated`. The statuses are draft, in review and approved; approved
needs a named clinician and a date.
"""

import datetime
import json

STATUSES = {
    "draft": "Draft: not yet reviewed by a clinician",
    "in review": "In review by {by}",
    "approved": "Approved by {by} on {date}",
}


def status_line(docname, metadata):
    """The text under a page's title; ValueError says what is wrong in its front matter."""
    review = metadata.get("review", "{}")
    review = json.loads(review) if isinstance(review, str) else review
    status = review.get("status")
    if status not in STATUSES:
        raise ValueError(f"{docname}: review status {status!r} is none of {list(STATUSES)}")
    if status != "draft" and not review.get("by") or status == "approved" and not review.get("date"):
        raise ValueError(f"{docname}: {status} needs a named clinician (by) and, if approved, a date")
    try:
        updated = datetime.date.fromisoformat(str(metadata.get("updated")))
    except ValueError:
        raise ValueError(f"{docname}: `updated` must be a date such as 2026-11-21") from None
    said = STATUSES[status].format(by=review.get("by", ""), date=review.get("date", ""))
    return f"{said}. Last changed {updated:%d %B %Y}. For learning only, not medical advice.".replace(" 0", " ")
