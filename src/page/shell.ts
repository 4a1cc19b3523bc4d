/** The document around the sections. */
import { markup, toText, trusted, type Html } from './escape.ts'
import { styleSheet } from './style.ts'

/** Nothing is loaded from anywhere, and no script runs: the browser is told to hold the page to it. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'"

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
</body>
</html>
`)
