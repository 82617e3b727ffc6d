"""Names of elements: what a writer's `<name>` may be, where all other names are words between angle brackets.

Sources: the HTML Standard, *Index of elements* and *Obsolete features* (https://html.spec.whatwg.org/), SVG 2,
*Element index*, with what SVG 1.1 had besides (https://www.w3.org/TR/SVG2/), and MathML Core with what MathML 3 had
besides (https://www.w3.org/TR/mathml-core/).
"""

from __future__ import annotations

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Names of HTML elements that have no content and no closing tag."""

_HTML = VOID | frozenset(
    """
    a abbr address article aside audio b bdi bdo blockquote body button canvas caption cite code colgroup data datalist
    dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup
    html i iframe ins kbd label legend li main map mark menu meter nav noscript object ol optgroup option output p
    picture pre progress q rp rt ruby s samp script search section select selectedcontent slot small span strong style
    sub summary sup table tbody td template textarea tfoot th thead time title tr u ul var video
    acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem
    multicol nextid nobr noembed noframes plaintext rb rtc spacer strike tt xmp
    """.split()
)

_SVG = frozenset(
    """
    animate animatemotion animatetransform circle clippath cursor defs desc discard ellipse feblend fecolormatrix
    fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow
    feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset
    fepointlight fespecularlighting fespotlight fetile feturbulence filter foreignobject g hatch hatchpath image line
    lineargradient marker mask mesh meshgradient meshpatch meshrow metadata mpath path pattern polygon polyline
    radialgradient rect set stop svg switch symbol text textpath tref tspan use view
    """.split()
)

_MATHML = frozenset(
    """
    annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph mi
    mlabeledtr mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup
    msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
    """.split()
)

_ALL = _HTML | _SVG | _MATHML


def is_element(name: str) -> bool:
    """Whether a name, in capitals or not, is that of an element of HTML, SVG or MathML."""
    return name.lower() in _ALL


def is_html_element(name: str) -> bool:
    """Whether a name, in capitals or not, is that of an element of HTML itself, which stands on its own in a text."""
    return name.lower() in _HTML
