/** Requests to a web server on every server of a path. */
import { z } from 'zod'
import { count } from '../figures.ts'
import { port, whole } from '../words.ts'
import type { Load } from './load.ts'

const schema = z.strictObject({
  kind: z.literal('http').describe('Requests to an nginx on every server: requests a second, latency.'),
  requests: whole('1 to 100000 requests', 1, 100_000).default(320).describe('Requests in a trial.'),
  connections: whole('1 to 1000 connections', 1, 1000)
    .default(16)
    .describe('TCP connections, opened anew in every trial, that share the requests.'),
  port: port.default(80).describe('The port that the web servers listen on.'),
})

export type HttpTrial = z.infer<typeof schema>

export const http = {
  kind: 'http',
  driver: 'h2load',
  schema,
  fields: {
    /** TCP connections over which the requests went, all of them opened in this trial. */
    connections: count,
    /** Answers whose content or origin was looked at, those got beside the trial in all cases: corrupted and misdirected are of these. */
    compared: count,
  },
  tools: ['nginx', 'h2load', 'taskset'],
  isSaturating: false,
  isAnswered: true,
  isOfOtherTools: true,
  counted: 'requests',
  words: {
    whose: 'the',
    what: 'HTTP requests',
    ofTrials: 'HTTP requests',
    lost: 'HTTP requests not answered',
    answers: {
      corrupted: 'HTTP answers that came with other content than the server sent',
      misdirected: 'HTTP answers of another server than was called',
    },
  },
  text: (trial) =>
    `${trial.requests} requests over ${trial.connections} new connections to port ${trial.port}: requests a second and latency`,
  settings: (trial) => ({ packets: trial.requests, connections: trial.connections }),
  report: ({ packets, connections }, { hasSeveralServers, count: written }) => {
    const over = connections === undefined ? '' : ` over ${written(connections)} TCP connections opened anew`
    const servers = hasSeveralServers ? 'An nginx on each server answers' : 'The nginx on the server answers'
    return `${written(packets)} GET requests${over} for each trial, from one client process with one request in flight on every connection. That is a closed loop: requests per second and response times are two sides of one thing. Connecting counts in the rate. ${servers}. A response time runs from the request to the last byte of its answer.`
  },
} as const satisfies Load<HttpTrial>
