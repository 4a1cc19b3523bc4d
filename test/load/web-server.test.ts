import test from 'ava'
import { serverSocket, startSteps, stopStep, webServerConfiguration } from '../../src/load/web-server.ts'
import { pageTemplate } from '../../src/load/web-page.ts'

const server = {
  path: 'nat',
  host: 'backend0x',
  namespaceFile: 'nat.backend0x',
  port: 80,
  family: 4 as const,
}

test('a web server tells where a request was answered', (t) => {
  const text = webServerConfiguration(server)
  t.regex(text, /listen 80 /)
  t.regex(text, /server_name backend0x;/)
  for (const line of [
    'Server address: $server_addr:$server_port',
    'Server name: $server_name',
    'Date: $time_local',
    'URI: $request_uri',
    'Request ID: $request_id',
  ])
    t.true(text.includes(line), line)
})

test('over IPv6 a web server listens on addresses of IPv6 alone', (t) => {
  t.regex(webServerConfiguration({ ...server, family: 6 }), /listen \[::\]:80 ipv6only=on backlog/)
})

test('the page that is measured is the same every time, and is said over a UNIX socket, too', (t) => {
  const text = webServerConfiguration(server)
  t.is(serverSocket(server), '/run/nginx/nat/backend0x/socket')
  t.regex(text, /listen unix:\/run\/nginx\/nat\/backend0x\/socket;/)
  const [, page = ''] = /location = \/page \{\s+return 200 "([^"]*)"/.exec(text) ?? []
  t.is(page, pageTemplate('backend0x'))
  t.deepEqual(page.match(/\$\w+/g), ['$http_host', '$http_user_agent'])
})

test('names as long as they may be leave the socket a name that the kernel takes', (t) => {
  const [path, host] = ['p'.repeat(40), 'h'.repeat(40)]
  t.true(serverSocket({ path, host }).length < 108)
})

test('all that a web server writes is in a folder of its own', (t) => {
  const folders = [...webServerConfiguration(server).matchAll(/(?:_path|^pid|^error_log) (\S+);/gm)]
  t.true(folders.length >= 7)
  for (const [, folder] of folders) t.regex(folder!, /^\/run\/nginx\/nat\/backend0x\//)
})

test('a web server runs in its host’s namespace, on the CPU that it is given', (t) => {
  const [, start] = startSteps(server, 3)
  t.is(start?.namespaceFile, 'nat.backend0x')
  t.is(
    start?.command.join(' ').indexOf('env taskset --cpu-list 3 nginx -c /run/nginx/nat/backend0x/nginx.conf'),
    0,
  )
  t.false(startSteps(server).some(({ command }) => command.includes('taskset')))
})

test('all web servers of a path end together', (t) => {
  t.true(stopStep('nat').command.join(' ').endsWith(' stop /run/nginx/nat'))
})
