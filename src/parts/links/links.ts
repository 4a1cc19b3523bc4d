/** The kinds of link that there are, a line each. */
export { veth } from './veth.ts'
