#!/usr/bin/env node
// drive.js chromium|firefox [OPTIONS]   one look at a camera by a real browser, printed as one line of JSON.
// OPTIONS is JSON: {"label": "camfx", "seconds": 5, "attempts": 4}. Run it inside tests/session/session.sh --portal.
'use strict';
const { installed, look } = require('./browser.js');

async function main() {
  const [kind, options = '{}'] = process.argv.slice(2);
  if (!['chromium', 'firefox'].includes(kind)) throw new Error('usage: drive.js chromium|firefox [OPTIONS]');
  if (!installed(kind)) throw new Error(`${kind} is not installed`);
  const seen = await look(kind, JSON.parse(options));
  console.log(JSON.stringify(seen));
  return seen.error ? 1 : 0;
}

main().then(code => process.exit(code), error => { console.error(`drive: ${error.message}`); process.exit(2); });
