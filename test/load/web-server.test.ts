import test from 'ava'
import { startSteps, stopStep, webServerConfiguration } from '../../src/load/web-server.ts'

const server = { path: 'nat', host: 'backend0x', namespaceFile: 'nat.backend0x', port: 80 }

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
  t.true(stopStep('nat').command.join(' ').includes('kill $(cat /run/nginx/nat/*/pid)'))
})
