/**
 * How the document of a year looks, in Typst (https://typst.app). It is fixed: what the city wrote comes in as data (`sys.inputs`) and is
 * put on the page as strings, so that no text of a cell is ever read as Typst. See docs/decisions/0170-the-year-as-pdf.md.
 *
 * What is drawn for the eye alone (rules, shapes, backgrounds) is no part of the tags: Typst leaves out what has no text.
 */
export const template = String.raw`
#let d = json(bytes(sys.inputs.document))

#let ink = rgb("#1a1a1c")
#let quiet = rgb("#4d4d4d")
#let line = rgb("#b3b3b3")
#let accent = rgb("#00118f")
#let pale = rgb("#f1f3f8")

#set document(
  title: d.title,
  author: d.municipality,
  date: if d.updated == none { none } else {
    let day = d.updated.split("-").map(int)
    datetime(year: day.at(0), month: day.at(1), day: day.at(2))
  },
)
#set text(font: ("BIZ UDGothic", "Mokuhyo Rare", "Mokuhyo Hanzi"), fallback: false, size: 10.5pt, lang: d.lang, fill: ink)
#set par(leading: 0.72em, spacing: 0.9em, justify: true)

// A form of a letter that the first font has not and the second has.
#show regex(".[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]"): it => {
  if it.text in d.variants { text(font: "Mokuhyo Rare", it) } else { it }
}

// A text with its lines as they were written.
#let lines(text) = text.split("\n").join(linebreak())

// The foot of each page of a department has that department's address.
#let foot(address) = context {
  set text(size: 8pt, fill: quiet)
  set par(justify: false)
  block(width: 100%, inset: (top: 1.8mm), stroke: (top: 0.5pt + line), grid(
    columns: (1fr, auto, 16mm), column-gutter: 6mm, align: (left, left, right),
    if address == none [] else { address },
    if d.updatedText == none [] else { d.updatedText },
    counter(page).display("1 / 1", both: true),
  ))
}

#set page(
  paper: "a4",
  margin: (x: 18mm, top: 23mm, bottom: 22mm),
  header: {
    set text(size: 8pt, fill: quiet)
    block(
      width: 100%, inset: (bottom: 1.6mm), stroke: (bottom: 0.5pt + line),
      grid(columns: (1fr, auto), column-gutter: 6mm, d.title, d.municipality),
    )
  },
  footer: foot(d.address),
)

#set heading(bookmarked: true)
#show heading: set par(justify: false)
#show heading.where(level: 1): it => block(below: 5mm, text(size: 22pt, it.body))
#show heading.where(level: 2): it => block(
  above: 8mm, below: 4mm, sticky: true, text(size: if it.bookmarked == true { 19pt } else { 14pt }, it.body),
)
#show heading.where(level: 3): it => block(
  above: 5.5mm, below: 2.6mm, sticky: true, inset: (left: 2.4mm, y: 0.6mm), stroke: (left: 1.4mm + accent),
  text(size: 12pt, it.body),
)
#show heading.where(level: 4): it => block(
  above: 4mm, below: 2.4mm, sticky: true, width: 100%, inset: (x: 2mm, y: 1.2mm), fill: pale, text(size: 10.5pt, it.body),
)

// The shape of a status. The word stands beside it.
#let mark(code) = {
  let shape = d.shapes.at(code)
  let pen = 0.2em
  let at(value) = value * 1em / 16
  box(width: 1em, height: 1em, baseline: 0.12em, {
    for radius in (shape.at("radius", default: none), shape.at("inner", default: none)) {
      if radius != none {
        place(center + horizon, circle(radius: at(radius), stroke: 0.15em + ink))
      }
    }
    for points in shape.at("strokes", default: ()) {
      let pairs = points.chunks(2)
      place(top + left, curve(
        stroke: (paint: ink, thickness: 0.15em, join: "round", cap: "round"),
        curve.move((at(pairs.at(0).at(0)), at(pairs.at(0).at(1)))),
        ..pairs.slice(1).map(p => curve.line((at(p.at(0)), at(p.at(1))))),
      ))
    }
  })
  h(0.3em)
}

#let status(it) = box(
  inset: (x: 2mm), outset: (y: 1.2mm), radius: 1mm, stroke: 0.7pt + ink,
  text(size: 10pt, weight: "bold", mark(it.code) + it.label),
)

#let facts(list) = if list.len() > 0 {
  set text(size: 9pt)
  set par(hanging-indent: 0pt, leading: 0.62em)
  terms(
    separator: [：], hanging-indent: 1em, spacing: 0.6em,
    ..list.map(it => terms.item(it.term, {
      if it.status != none { mark(it.status) }
      if it.url == none { lines(it.text) } else { link(it.url, underline(lines(it.text))) }
    })),
  )
}

#let evaluations(them) = if them.len() > 0 {
  set text(size: 9pt)
  list(
    marker: [・], body-indent: 0.2em, spacing: 0.7em,
    ..them.map(it => {
      strong(it.by)
      if it.rating != none { h(0.6em) + strong(it.rating) }
      if it.comment != none { linebreak() + lines(it.comment) }
    }),
  )
}

#let indicators(it) = if it != none {
  set text(size: 8.5pt)
  set par(justify: false, leading: 0.55em)
  show table.cell.where(y: 0): set text(weight: "bold")
  table(
    columns: (1fr,) + (auto,) * (it.head.len() - 1),
    align: (x, y) => if x == 0 { left } else { right },
    inset: (x: 1.8mm, y: 1.4mm),
    stroke: (x, y) => (bottom: 0.5pt + line, top: if y == 0 { 0.5pt + line }),
    fill: (x, y) => if y == 0 { pale },
    table.header(..it.head.map(text => [#text])),
    ..it.rows.map(row => (
      {
        text(weight: "bold", row.name)
        if row.reached != none { linebreak() + row.reached }
        facts(row.facts)
        if row.source != none { linebreak() + text(fill: quiet, row.source) }
      },
      ..row.figures.map(figure => {
        figure.text
        if figure.at != none { linebreak() + text(fill: quiet, figure.at) }
      }),
    )).flatten(),
  )
}

#let goal(it) = {
  grid(
    columns: (1fr, auto), column-gutter: 4mm,
    { strong(lines(it.text)); if it.note != none { parbreak(); lines(it.note) } },
    if it.status != none { status(it.status) },
  )
  facts(it.facts)
  indicators(it.indicators)
  evaluations(it.evaluations)
}

#let section(it) = if it != none {
  heading(level: 3, bookmarked: false, it.heading)
  par(lines(it.text))
}

#let card(it) = page(footer: foot(it.address), {
  grid(
    columns: (1fr, auto), column-gutter: 5mm, align: (left + bottom, right + top),
    {
      block(below: 2.5mm, text(size: 9.5pt, fill: quiet, d.year))
      heading(level: 2, it.name)
      set par(spacing: 0.7em, justify: false)
      for one in it.heads [
        #par({
          one.post + h(0.8em) + text(size: 12pt, weight: "bold", one.name)
          if one.kana != none { text(size: 9pt, one.kana) }
        })
      ]
    },
    if it.portraits.len() > 0 {
      grid(
        columns: it.portraits.len(), column-gutter: 2mm,
        ..it.portraits.map(one => image("/" + one.src, alt: one.alt, height: 30mm)),
      )
    },
  )
  v(0.5mm)
  std.line(length: 100%, stroke: 1.2pt + accent)
  if it.held != none { block(inset: 2mm, stroke: 0.7pt + ink, width: 100%, text(size: 9pt, it.held)) }
  section(it.policy)
  heading(level: 3, bookmarked: false, it.goals)
  if it.noGoals != none { par(it.noGoals) }
  for group in it.groups {
    if group.heading != none { heading(level: 4, bookmarked: false, group.heading) }
    enum(
      spacing: 5mm, body-indent: 0.7em, numbering: n => strong(str(n)),
      ..group.goals.map(one => enum.item(one.number, goal(one))),
    )
  }
  section(it.summary)
  if it.evaluations.len() > 0 {
    heading(level: 3, bookmarked: false, it.opinions)
    evaluations(it.evaluations)
  }
  section(it.work)
  if it.facts.len() > 0 { v(3mm) + facts(it.facts) }
  v(2mm)
  align(right, text(size: 8.5pt, fill: quiet, it.updated))
})

#text(size: 12pt, d.municipality + h(1em) + d.year)

#heading(level: 1, d.title)
#for paragraph in d.introduction { par(lines(paragraph)) }
#par(d.note)
#if d.cards.len() > 0 {
  heading(level: 2, bookmarked: false, d.tallyHeading)
  par(d.lead)
}
#if d.tally != none {
  set par(justify: false)
  par(text(size: 9pt, d.tally.caption))
  show table.cell.where(y: 0): set text(weight: "bold")
  table(
    columns: (1fr, 28mm, 28mm), align: (left, right, right), inset: (x: 2.5mm, y: 1.8mm),
    stroke: (x, y) => (bottom: 0.5pt + line, top: if y == 0 { 0.5pt + line }),
    fill: (x, y) => if y == 0 { pale },
    table.header(..d.tally.head.map(text => [#text])),
    ..d.tally.rows.map(row => (mark(row.code) + row.label, row.count, row.share)).flatten(),
    table.footer(..d.tally.total.map(text => strong(text))),
  )
}
#if d.legend.len() > 0 {
  set text(size: 9pt)
  terms(separator: [：], hanging-indent: 1em, ..d.legend.map(it => terms.item(mark(it.code) + it.term, lines(it.text))))
}
#if d.cards.len() > 0 {
  show outline.entry: set block(above: 2.2mm)
  heading(level: 2, bookmarked: false, outlined: false, d.contents)
  outline(title: none, target: heading.where(level: 2, bookmarked: true))
}
#if d.contact != none {
  v(4mm)
  text(size: 9pt, d.contact.term + [：] + lines(d.contact.text))
}

#for one in d.cards { card(one) }
`;
