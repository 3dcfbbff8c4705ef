// The cameras the browsers look at: processes that publish a PipeWire node and end with the test.
'use strict';
const { spawn, execFileSync } = require('child_process');

const SIZE = '1280x720', RATE = '30';
const camfx = process.env.CAMFX, reference = process.env.REFERENCE;

const camera = source => ({
  label: 'camfx', command: camfx, args: ['run', '--source', source, '--size', SIZE, '--fps', RATE, '--output', 'pipewire'],
});
const referenceCamera = { label: 'reference', command: reference, args: ['-s', SIZE, '-r', RATE, '-n', 'reference'] };

// The saved cameras, on the session's bus.
const service = { label: 'camfx', command: camfx, args: ['run', '--service'] };
const CAMERA = ['org.camfx.Camfx1', '/org/camfx/Camfx1/cameras/camfx', 'org.camfx.Camera1'];
const busctl = (verb, ...words) => execFileSync('busctl', ['--user', verb, ...CAMERA, ...words], { encoding: 'utf8', timeout: 10000 }).trim();

const pause = ms => new Promise(done => setTimeout(done, ms));

function published(label) {
  try {
    return JSON.parse(execFileSync('pw-dump', { encoding: 'utf8', maxBuffer: 1 << 24 }))
      .some(object => object.info && object.info.props && object.info.props['node.description'] === label
        && object.info.props['media.class'] === 'Video/Source');
  } catch { return false; }
}

// Runs the camera while action runs; fails with what the camera said when it does not come up or has gone before the end.
async function withCamera({ label, command, args }, action) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '', gone = null;
  child.stderr.on('data', data => { said = (said + data).slice(-2000); });
  const ended = new Promise(done => {
    child.on('exit', (code, signal) => { gone = `exit ${code ?? signal}`; done(); });
    child.on('error', error => { gone = error.message; done(); });
  });
  try {
    for (let i = 0; i < 100 && !gone && !published(label); i++) await pause(100);
    if (gone) throw new Error(`the camera ended (${gone}): ${said.trim()}`);
    if (!published(label)) throw new Error(`no node ${label} within 10 s: ${said.trim()}`);
    const result = await action();
    if (gone) throw new Error(`the camera ended while it was watched (${gone}): ${said.trim()}`);
    return result;
  } finally {
    if (!gone) child.kill('SIGINT');
    const limit = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(limit);
  }
}

module.exports = { busctl, camera, pause, referenceCamera, service, withCamera };
