"""The ids of nodes: an absolute address and a fragment, never changed once published.

Crawlers join what they read on several pages by these ids, so a new spelling would be a new thing to them.

Source: https://www.w3.org/TR/json-ld11/#node-identifiers
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import urls

if TYPE_CHECKING:
    from ..model.practice import Person, Place, Service
    from ..model.site import Site
    from ..model.view import View


def ref(node_id: str) -> dict[str, str]:
    """Return a reference to a node that stands elsewhere in the graph of the same page."""
    return {"@id": node_id}


def website(site: Site) -> str:
    """Return the id of the site as a whole."""
    return site.absolute("/#website")


def practice(site: Site) -> str:
    """Return the id of the practice, the same for the full node and for the stub."""
    return site.absolute("/#practice")


def logo(site: Site) -> str:
    """Return the id of the practice's logo."""
    return site.absolute("/#logo")


def office(site: Site) -> str:
    """Return the id of the room where the practice sees people."""
    return site.absolute("/#office")


def place(site: Site, of: Place) -> str:
    """Return the id of a place of the service area; it does not depend on whether the place has a page."""
    return site.absolute(f"/#place-{of.slug}")


def service(site: Site, of: Service) -> str:
    """Return the id of a service; it does not depend on whether the service has a page."""
    return site.absolute(f"{urls.SERVICES}{of.slug}/#service")


def person(site: Site, of: Person) -> str:
    """Return the id of a person; it does not depend on whether the person has a page."""
    return site.absolute(f"{urls.ABOUT}{of.id}/#person")


def webpage(view: View) -> str:
    """Return the id of a page as a document."""
    return f"{view.head.url}#webpage"


def article(view: View) -> str:
    """Return the id of the article on a page."""
    return f"{view.head.url}#article"


def primary_image(view: View) -> str:
    """Return the id of a page's picture."""
    return f"{view.head.url}#primaryimage"


def breadcrumb(view: View) -> str:
    """Return the id of the way from home to a page."""
    return f"{view.head.url}#breadcrumb"


def service_in_place(view: View, service: Service) -> str:
    """Return the id of a service in the place that a page is about: its section's anchor."""
    return f"{view.head.url}#{service.slug}"


def area_service(view: View) -> str:
    """Return the id of what the practice offers in the place of an area page."""
    return f"{view.head.url}#service"
