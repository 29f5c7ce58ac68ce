"""What Word puts on the clipboard: much dress, little text. Invented, built like the real thing."""

_FRAME = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=Generator content="Microsoft Word 15"><title>Verslag</title>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings>
<o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--><style><!--{styles}--></style></head>
<body lang=NL-BE style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->{body}<!--EndFragment-->
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br
clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a><span lang=NL
style='mso-ansi-language:NL'> De noot van het verslag.<o:p></o:p></span></p></div></div></body></html>"""
_STYLE = """ p.Mso{n}, li.Mso{n}, div.Mso{n} {{mso-style-unhide:no;mso-style-qformat:yes;margin:0cm;font-size:11.{n}pt;
font-family:"Calibri",sans-serif;mso-ascii-theme-font:minor-latin;mso-fareast-language:EN-US;}}"""
_TEXT = """<p class=MsoNormal style='margin-bottom:{n}.0pt;line-height:107%'><span lang=NL style='font-size:12.0pt;
line-height:107%;font-family:"Times New Roman",serif;mso-fareast-font-family:"Times New Roman";color:#{n:06x}'>Alinea
{n} met <b style='mso-bidi-font-weight:normal'><span style='mso-spacerun:yes'> </span>vette</b> woorden.
<o:p></o:p></span>
</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"""
_ITEM = """<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>
<![if !supportLists]><span style='mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>{bullet}
<span style='font:7.0pt "Times New Roman"'>
&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=NL>{words}<o:p></o:p></span></p>"""
_TABLE = """<p class=MsoCaption style='page-break-after:avoid'>Tabel 1: dossiers<o:p></o:p></p><table class=MsoTableGrid
border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'>
<td width=302 valign=top style='width:226.55pt'><p class=MsoNormal><b>Jaar</b><o:p></o:p></p></td><td width=302><p
class=MsoNormal><b>Aantal</b><o:p></o:p></p></td></tr><tr><td><p class=MsoNormal>2020</p></td><td><p class=MsoNormal
align=right style='text-align:right'>12</p></td></tr></table>"""
_NOTE = """<p class=MsoNormal>Met een noot<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span>[1]</span>
<![endif]></span></span></a>.</p>"""
_EVIL = """<p onclick="alert(1)" style="display:none">verborgen</p><img src="file:///c:/temp/x.png" onerror="alert(1)">
<script>alert(1)</script><a href="javascript:alert(1)">kwaad</a><object data="x"></object>"""


def fragment(*, least: int = 200_000) -> str:
    """Minutes with a heading, nested lists, a table, a note and much dress: at least so many letters."""
    body = "<h1 style='margin-left:0cm'>Punt 1<o:p></o:p></h1>" + _NOTE
    body += _ITEM.format(level=1, bullet="·", words="Eerste") + _ITEM.format(
        level=2, bullet="1.", words="Onder"
    )
    body += _ITEM.format(level=1, bullet="·", words="Tweede") + _TABLE + _EVIL
    styles, count = "".join(_STYLE.format(n=n) for n in range(200)), 0
    while len(body) + len(styles) < least:
        body, count = body + _TEXT.format(n=count), count + 1
    return _FRAME.format(styles=styles, body=body)
