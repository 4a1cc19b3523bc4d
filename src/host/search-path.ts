/** Where the system's tools are looked for. launcher/search-path.sh does this, and more, before Node starts. */

const usual = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const ofPackages = /\/(node_modules\/\.bin|node-gyp-bin)\/?$/

/**
 * PATH without what is no tool of the system's. Where npm calls, packages' programs come first, and one of them
 * is called nft (@vercel/nft); relative folders lead to whatever lies where bench happens to be called.
 *
 * @param path undefined or empty where there is none (`env -i`)
 */
export function searchPath(path: string | undefined): string {
  const folders = (path || usual).split(':')
  return folders.filter((folder) => folder.startsWith('/') && !ofPackages.test(folder)).join(':')
}
