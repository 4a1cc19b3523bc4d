/** nginx, one on every server of a path that gets HTTP load. Pure: configuration, and steps for the sandbox. */
import type { Family } from '../parts/ip-address.ts'
import { sandboxFolders } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'
import { sharedEnds } from './ends.ts'
import { measuredPage, pageTemplate } from './web-page.ts'

/** Where a web server runs. */
export interface WebServer {
  /** The path that it serves, or `sharedEnds`. */
  readonly path: string
  /** Its host's name, as the scenario calls the namespace. */
  readonly host: string
  readonly namespaceFile: string
  readonly port: number
  /** Of the addresses that it listens on. */
  readonly family: Family
}

/** Where web servers of a path keep what they need, inside the sandbox. */
const pathFolder = (path: string): string => `${sandboxFolders.webServers}/${path}`

const serverFolder = ({ path, host }: Pick<WebServer, 'path' | 'host'>): string =>
  `${pathFolder(path)}/${host}`

/** Where a web server listens beside its port: what it says there has gone over no network. */
export const serverSocket = (server: Pick<WebServer, 'path' | 'host'>): string =>
  `${serverFolder(server)}/socket`

/** Where it says over that socket how many requests it has had, that one among them. */
export const countPage = '/count'

/**
 * The configuration: one process, which answers every request with a page that tells where it was
 * answered. It listens on every address, so that the address a client called is the one it names. The page
 * that is measured is another, which is the same every time.
 */
export function webServerConfiguration({ path, host, port, family }: WebServer): string {
  const folder = serverFolder({ path, host })
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${folder}/${kind};`)
    .join('\n')
  return `daemon on;
master_process off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {
  worker_connections 2048;
}
http {
  access_log off;
  default_type text/plain;
${temporary}
  server {
    listen ${family === 6 ? `[::]:${port} ipv6only=on` : port} backlog=4096;
    listen unix:${serverSocket({ path, host })};
    server_name ${host};
    location = ${measuredPage} {
      return 200 "${pageTemplate(host)}";
    }
    location = ${countPage} {
      stub_status;
    }
    location / {
      return 200 "Server address: $server_addr:$server_port\\nServer name: $server_name\\nDate: $time_local\\nURI: $request_uri\\nRequest ID: $request_id\\n";
    }
  }
}
`
}

/** The steps that start a web server; it listens when they have ended. @param cpu where to run it, if anywhere in particular */
export function startSteps(server: WebServer, cpu?: number): Step[] {
  const folder = serverFolder(server)
  const where = server.path === sharedEnds ? '' : ` on path "${server.path}"`
  const what = `start the web server of ${server.host}${where}`
  const pinned = cpu === undefined ? [] : ['taskset', '--cpu-list', String(cpu)]
  return [
    {
      command: ['sh', '-c', `mkdir -p ${folder} && cat >${folder}/nginx.conf`],
      input: webServerConfiguration(server),
      what,
    },
    {
      command: ['env', ...pinned, 'nginx', '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`],
      what,
      namespaceFile: server.namespaceFile,
    },
  ]
}

/** A process that is over has no file any more, though nobody may have looked at its end. */
const stop = `for file in "$1"/*/pid; do
  # Of one that did not come up there is none.
  pid=$(cat "$file" 2>/dev/null) && kill "$pid" 2>/dev/null || continue
  while [ -e "/proc/$pid/exe" ]; do sleep 0.002; done
done
rm -rf "$1"`

/**
 * The step that ends all web servers of a path: their namespaces live for as long as they do, and their ports are taken.
 */
export const stopStep = (path: string): Step => ({
  command: ['sh', '-c', stop, 'stop', pathFolder(path)],
  what: path === sharedEnds ? 'end the web servers' : `end the web servers of path "${path}"`,
})
