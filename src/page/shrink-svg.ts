/** Makes a chart's SVG smaller. */

/** A hundredth of a pixel is seen by nobody. */
const longDecimals = /(\d\.\d\d)\d+/g

/**
 * What a drawing without a script has no use for, and what is SVG's default or the style sheet's to say;
 * the chart as a whole carries the text alternative.
 */
const idleNames =
  'xmlns(?::\\w+)?|version|class|role|aria-[\\w-]+|pointer-events|stroke-miterlimit|font-family'
const idleDefaults = 'opacity="1"|stroke-width="1"|text-anchor="start"|[xy]2="0"'
const idleAttributes = new RegExp(` (?:(?:${idleNames})="[^"]*"|${idleDefaults})(?=[ />])`, 'g')

const hiddenPaths = /<path[^>]*display="none"[^>]*\/>/g

/** A group that holds nothing but shapes or texts. */
const flatGroup = /<g>((?:<(?:path|line|text)[^>]*?(?:\/>|>[^<]*<\/text>))+)<\/g>/g

const inherited = / (?:fill|stroke|stroke-width|font-size|font-weight|text-anchor)="[^"]*"/g

/** Attributes that all members of a group have are said once, by the group. */
const hoist = (svg: string): string =>
  svg.replace(flatGroup, (_, members: string) => {
    const tags = Array.from(
      members.matchAll(/<[a-z][^>]*>/g),
      ([tag]): readonly string[] => tag.match(inherited) ?? [],
    )
    const shared = (tags[0] ?? []).filter((attribute) => tags.every((own) => own.includes(attribute)))
    const rest = members.replace(/<[a-z][^>]*>/g, (tag) =>
      shared.reduce((shorter, attribute) => shorter.replace(attribute, ''), tag),
    )
    return `<g${shared.join('')}>${rest}</g>`
  })

const circle =
  /(?:<path transform="translate\([-\d.]+,[-\d.]+\)" d="M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0"\/>){2,}/g

/** Circles alike and side by side are drawn as one path. */
const joinCircles = (svg: string): string =>
  svg.replace(circle, (run, radius: string) => {
    const r = Number(radius)
    const each = `m${r},0a${r},${r},0,1,1,${-2 * r},0a${r},${r},0,1,1,${2 * r},0`
    const centres = Array.from(run.matchAll(/translate\(([-\d.]+),([-\d.]+)\)/g))
    return `<path d="${centres.map(([, x = '', y = '']) => `M${x},${y}${each}`).join('')}"/>`
  })

/** The same drawing in fewer bytes. Only tags change: what texts and labels say stays as it is. */
export const shrinkSvg = (svg: string): string =>
  joinCircles(
    hoist(
      svg
        .replace(hiddenPaths, '')
        .replace(/<[a-z][^>]*>/g, (tag) => tag.replace(longDecimals, '$1').replace(idleAttributes, ''))
        .replace('<svg ', '<svg aria-hidden="true" '),
    ),
  )
