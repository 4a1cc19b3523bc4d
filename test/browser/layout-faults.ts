/**
 * What a reader would see go wrong on a page: text that is cut, runs out of the window, or lies on other text. Runs in
 * the browser, as text.
 */
export const layoutFaults = `(() => {
  const faults = []
  const width = document.documentElement.clientWidth
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true })
  const textOf = (element) => element.textContent.trim().slice(0, 60)
  const scrolls = (element) => element.closest('.scroll, pre') !== null
  if (document.documentElement.scrollWidth > width) faults.push('the page is wider than the window')

  const holdsText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  for (const element of document.querySelectorAll('body *')) {
    if (!holdsText(element) || element.closest('script') || scrolls(element) || !isShown(element)) continue
    if (getComputedStyle(element).clipPath !== 'none') continue
    const box = element.getBoundingClientRect()
    if (box.left < -1 || box.right > width + 1) faults.push('beyond the window: ' + textOf(element))
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible')
      faults.push('cut: ' + textOf(element))
    if (element.tagName === 'text' && element.textContent.endsWith('…')) faults.push('cut: ' + textOf(element))
  }

  const intersect = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
  const overlapsIn = (elements) => {
    const boxes = elements.filter(isShown).map((element) => ({ element, box: element.getBoundingClientRect() }))
    boxes.forEach(({ element, box }, index) => {
      for (const other of boxes.slice(index + 1))
        if (intersect(box, other.box)) faults.push('overlap: ' + textOf(element) + ' and ' + textOf(other.element))
    })
  }
  for (const drawing of document.querySelectorAll('svg')) overlapsIn([...drawing.querySelectorAll('text')])
  for (const row of document.querySelectorAll('.row')) overlapsIn([...row.children])
  return [...new Set(faults)]
})()`
