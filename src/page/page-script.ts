/**
 * What a page does beyond being read: tables of some length are sorted by a click on a heading, and long ones filtered.
 * A page without scripts has all the same in the order in which it was written.
 */
import { shownSteps } from '../parts/metrics/units.ts'

/** Factors by the names that values are shown with. */
const factors = JSON.stringify(Object.fromEntries(shownSteps.map(({ name, factor }) => [name, factor])))

/** A cell's text as a number, in the base unit; null where it is none. */
export const valueOf = `
const units=${factors}
const valueOf=(cell)=>{
const text=cell.textContent.replaceAll(/[,\\u00a0]/g,(c)=>c===','?'':' ').replace('−','-').trim()
const match=/^([+×]?-?[\\d.]+)\\s*(\\S*)/.exec(text)
return match?Number(match[1].replace(/[+×]/,''))*(units[match[2]]??1):null
}`

/** Numbers by value and texts by their letters; cells without a figure stay at the end. */
const compare = `
const compare=(column,sign)=>(one,other)=>{
const [a,b]=[one,other].map((row)=>row.cells[column])
const [x,y]=[valueOf(a),valueOf(b)]
if(x===null&&y===null)return sign*a.textContent.localeCompare(b.textContent)
return x===null?1:y===null?-1:sign*(x-y)
}`

const sortable = `
const sortBy=(table,heading,column)=>{
const isUp=heading.getAttribute('aria-sort')==='ascending'
for(const other of table.tHead.rows[0].cells)other.removeAttribute('aria-sort')
heading.setAttribute('aria-sort',isUp?'descending':'ascending')
const body=table.tBodies[0]
body.append(...[...body.rows].sort(compare(column,isUp?-1:1)))
}
const makeSortable=(table)=>{
[...table.tHead.rows[0].cells].forEach((heading,column)=>{
const button=document.createElement('button')
button.type='button'
button.append(...heading.childNodes)
button.addEventListener('click',()=>sortBy(table,heading,column))
heading.append(button)
})
}`

const filterable = `
const makeFilterable=(table)=>{
const label=document.createElement('label')
label.className='filter'
const input=document.createElement('input')
input.type='search'
input.addEventListener('input',()=>{
const wanted=input.value.toLowerCase()
for(const row of table.tBodies[0].rows)row.hidden=!row.textContent.toLowerCase().includes(wanted)
})
label.append('Filter rows ',input)
table.parentElement.before(label)
}`

const start = `
for(const table of document.querySelectorAll('table')){
const rows=table.tBodies[0].rows.length
if(rows>=4)makeSortable(table)
if(rows>=12&&!table.classList.contains('heat'))makeFilterable(table)
}`

/** The whole script: it holds no markup of its own, so that it can stand in a page. */
export const pageScript = `'use strict';{${valueOf}${compare}${sortable}${filterable}${start}}`
