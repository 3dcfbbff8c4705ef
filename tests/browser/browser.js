// Starts a real browser, headless, with its PipeWire camera switched on, and lets page.js look at a camera.
'use strict';
const fs = require('fs'), http = require('http'), os = require('os'), path = require('path');
const puppeteer = require('puppeteer-core');

const BINARIES = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };
const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };

const CHROMIUM_FLAGS = [
  '--enable-features=WebRtcPipeWireCamera',     // else it sees /dev/video* only
  '--use-fake-ui-for-media-stream',             // answers the permission bubble
  '--autoplay-policy=no-user-gesture-required',
  '--no-sandbox',                               // its sandbox cannot start as root or in a container
  '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const FIREFOX_PREFERENCES = {
  'media.webrtc.camera.allow-pipewire': true,   // else it sees /dev/video* only
  'media.navigator.permission.disabled': true,  // answers the permission bubble
  'media.autoplay.default': 0,
  'privacy.reduceTimerPrecision': false,        // latency is measured in ms
  'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false, 'app.update.enabled': false,
  'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
};

const installed = kind => fs.existsSync(BINARIES[kind]);

// Cameras exist for pages of localhost and https only, so the page is served.
async function serve() {
  const server = http.createServer((request, response) => {
    const name = request.url === '/' ? 'page.html' : path.basename(request.url);
    const file = path.join(__dirname, name), type = TYPES[path.extname(name)];
    if (!type || !fs.existsSync(file)) { response.writeHead(404).end(); return; }
    response.writeHead(200, { 'content-type': type }).end(fs.readFileSync(file));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return server;
}

function launch(kind, profile) {
  const common = { executablePath: BINARIES[kind], headless: true, userDataDir: profile, protocolTimeout: 60000 };
  return kind === 'chromium'
    // Puppeteer's own --disable-features would switch off what the flag above switches on; it also takes flags out of the array it gets.
    ? puppeteer.launch({ ...common, browser: 'chrome', args: [...CHROMIUM_FLAGS], ignoreDefaultArgs: ['--disable-features='] })
    : puppeteer.launch({ ...common, browser: 'firefox', extraPrefsFirefox: FIREFOX_PREFERENCES });
}

// One fresh browser, one look. Options as for look() in page.js.
async function look(kind, options) {
  const server = await serve();
  const profile = fs.mkdtempSync(path.join(process.env.XDG_RUNTIME_DIR || os.tmpdir(), `${kind}-`));
  let browser = null;
  try {
    browser = await launch(kind, profile);
    const page = await browser.newPage();
    await page.goto(`http://localhost:${server.address().port}/`);
    const seen = await page.evaluate(wanted => globalThis.look(wanted), options);
    return { browser: kind, version: await browser.version(), ...seen };
  } catch (error) {
    return { browser: kind, error: String(error.message || error) };
  } finally {
    server.close();
    if (browser) await end(browser);
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

// A browser that holds a broken camera may not close by itself.
async function end(browser) {
  const child = browser.process();
  let timer;
  const limit = new Promise(done => { timer = setTimeout(done, 8000); });
  await Promise.race([browser.close().catch(() => {}), limit]);
  clearTimeout(timer);
  if (child && child.exitCode === null) child.kill('SIGKILL');
}

module.exports = { installed, look };
