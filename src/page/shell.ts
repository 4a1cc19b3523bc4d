/** The document around the sections. */
import { createHash } from 'node:crypto'
import { markup, toText, trusted, type Html } from './escape.ts'
import { pageScript } from './page-script.ts'
import { styleSheet } from './style.ts'

const scriptHash = createHash('sha256').update(pageScript).digest('base64')

/** Nothing is loaded from anywhere, and no script runs but the page's own: the browser is told to hold the page to it. */
const contentPolicy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'`

/** A whole HTML document. */
export const pageShell = (title: string, body: Html): string =>
  toText(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="generator" content="pathbench">
<title>${title}</title>
<style>${trusted(styleSheet)}</style>
</head>
<body>
${body}
<script>${trusted(pageScript)}</script>
</body>
</html>
`)
