/**
 * Web servers `a` and `b` on UNIX sockets of a folder, and on ports of 127.0.0.1 what a path might make of the
 * answers of `a`. Says "ready" once all listen. Run within a test's namespaces: node lying-web-server.ts FOLDER
 */
import { createServer, type Socket } from 'node:net'
import { liesByPort } from './web-lies.ts'

const [, , folder = ''] = process.argv

const answer = (body: string, status = '200 OK', date = new Date().toUTCString()): string =>
  [`HTTP/1.1 ${status}`, 'Server: test', `Date: ${date}`, `Content-Length: ${body.length}`, '', body].join(
    '\r\n',
  )

const bodies = { a: `a ${'0123456789'.repeat(50)}`, b: `b ${'0123456789'.repeat(50)}` }
const spoilt = (text: string, place: number): string => `${text.slice(0, place)}#${text.slice(place + 1)}`

/** What goes to the client instead of the answer to its nth request, from 1; null closes the connection. */
const lies: Record<keyof typeof liesByPort, (nth: number) => readonly (string | null)[]> = {
  honest: () => [answer(bodies.a)],
  'in pieces': () => answer(bodies.a).match(/[^]{1,7}/g) ?? [],
  'last byte of the body': () => [spoilt(answer(bodies.a), answer(bodies.a).length - 1)],
  'one in 97': (nth) => [nth % 97 === 0 ? spoilt(answer(bodies.a), 300) : answer(bodies.a)],
  'a name in the head': () => [answer(bodies.a).replace('Server', 'Servex')],
  'the date': () => [answer(bodies.a, '200 OK', 'Sun, 06 Nov 1994 08:49:37 GMT')],
  'half a date': () => [answer(bodies.a).replace(/Date: .{14}/, 'Date: ##############')],
  'moved bytes': () => [answer(`a ${'0123456798'.repeat(50)}`)],
  'a byte less': () => [answer(bodies.a.slice(0, -1))],
  'a byte more': () => [answer(`${bodies.a}#`)],
  'a byte behind': () => [`${answer(bodies.a)}#`],
  'another page': () => [answer('Server name: a\n')],
  'an error': () => [answer(bodies.a, '502 Bad Gateway')],
  'no HTTP': () => ['a\n'],
  'another server': () => [answer(bodies.b)],
  'half an answer, then the end': () => [answer(bodies.a).slice(0, 300), null],
  'the end': () => [null],
  silence: () => [],
}

const serve = (lie: (nth: number) => readonly (string | null)[]) => {
  let nth = 0
  return createServer((socket: Socket) => {
    socket.setNoDelay()
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      // Requests come one at a time, each in one piece.
      if (!data.toString().endsWith('\r\n\r\n')) throw new Error('not a whole request')
      nth += 1
      for (const piece of lie(nth))
        if (piece === null) socket.end()
        else socket.write(piece)
    })
  })
}

let waitedFor = 2 + Object.keys(lies).length
const listening = () => {
  waitedFor -= 1
  if (waitedFor === 0) process.stdout.write('ready\n')
}
serve(() => [answer(bodies.a)]).listen(`${folder}/a`, listening)
serve(() => [answer(bodies.b)]).listen(`${folder}/b`, listening)
for (const [name, lie] of Object.entries(lies))
  serve(lie).listen(liesByPort[name as keyof typeof liesByPort], '127.0.0.1', listening)
