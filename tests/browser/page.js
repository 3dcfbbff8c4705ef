// Runs in the browser: opens a camera, looks at every frame it presents, and says what was seen.
'use strict';

const CODE_ROWS = 32, BITS = 16;            // the blocks of test:counter, docs/test-patterns.md
const SMALL = { width: 64, height: 36 };    // pictures are compared at this size

const wait = ms => new Promise(done => setTimeout(done, ms));

// A browser's promise can stay open for ever (a portal that does not answer): every wait has its limit.
function within(ms, what, promise) {
  return Promise.race([promise, wait(ms).then(() => { throw new Error(`${what} took more than ${ms} ms`); })]);
}

// 16 blocks across, most significant bit first, read in the middle of each.
function readCode(pixels, width, code) {
  const y = code * CODE_ROWS + CODE_ROWS / 2;
  let value = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const x = Math.floor((bit + 0.5) * width / BITS);
    value = value * 2 + (pixels[(y * width + x) * 4 + 1] > 127 ? 1 : 0);
  }
  return value;
}

// The frame's counter and how old it is in ms, or null where the picture is no whole test:counter frame.
function decode(context, width, seenAt) {
  const pixels = context.getImageData(0, 0, width, 4 * CODE_ROWS).data;
  const [high, low, counter, complement] = [0, 1, 2, 3].map(code => readCode(pixels, width, code));
  if ((counter ^ 0xffff) !== complement) return null;
  const age = (seenAt - (high * 65536 + low)) % 4294967296;
  return { counter, age: age < -2147483648 ? age + 4294967296 : age };
}

// Mean absolute difference of the green channel of two small pictures, 0…255.
function difference(a, b) {
  let sum = 0;
  for (let i = 1; i < a.length; i += 4) sum += Math.abs(a[i] - b[i]);
  return sum / (a.length / 4);
}

const videoInputs = async () =>
  (await within(5000, 'enumerateDevices', navigator.mediaDevices.enumerateDevices())).filter(device => device.kind === 'videoinput');

// The camera of that label. A browser asks the portal at its first use and can come before the session manager has
// let it see the node, so the first answers may be empty.
async function openCamera(label, attempts) {
  let last;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const stream = await within(8000, 'getUserMedia', navigator.mediaDevices.getUserMedia({ video: true }));
      if (!label || stream.getVideoTracks()[0].label === label) return { stream, attempt };
      stream.getTracks().forEach(track => track.stop());
      const device = (await videoInputs()).find(input => input.label === label);
      if (!device) throw new Error(`no camera ${label}`);
      const exact = { video: { deviceId: { exact: device.deviceId } } };
      return { stream: await within(8000, 'getUserMedia', navigator.mediaDevices.getUserMedia(exact)), attempt };
    } catch (error) {
      last = error;
      await wait(400);
    }
  }
  throw new Error(`${last.name}: ${last.message} (${attempts} attempts)`);
}

// Looks at each presented frame for that many seconds.
async function watch(video, seconds) {
  const codes = document.getElementById('codes').getContext('2d', { willReadFrequently: true });
  const small = document.getElementById('small').getContext('2d', { willReadFrequently: true });
  Object.assign(codes.canvas, { width: video.videoWidth, height: Math.min(video.videoHeight, 4 * CODE_ROWS) });
  Object.assign(small.canvas, SMALL);
  const frames = [];
  let before = null;
  await new Promise(done => {
    const end = performance.now() + seconds * 1000;
    const onFrame = () => {
      codes.drawImage(video, 0, 0);
      const code = codes.canvas.height === 4 * CODE_ROWS ? decode(codes, video.videoWidth, Date.now()) : null;
      small.drawImage(video, 0, 0, SMALL.width, SMALL.height);
      const picture = small.getImageData(0, 0, SMALL.width, SMALL.height).data;
      frames.push({ at: performance.now(), code, change: before ? difference(before, picture) : 0 });
      before = picture;
      if (performance.now() < end) video.requestVideoFrameCallback(onFrame); else done();
    };
    video.requestVideoFrameCallback(onFrame);
    setTimeout(done, seconds * 1000 + 3000);        // a camera that stopped presents no more frames
  });
  return frames;
}

// How many frames in a row were whole test:counter frames, then how many were not, and so on.
function stretches(frames) {
  const found = [];
  for (const { code } of frames) {
    const counter = code !== null;
    if (found.at(-1)?.counter === counter) found.at(-1).frames++; else found.push({ counter, frames: 1 });
  }
  return found;
}

function summarise(frames) {
  const result = { frames: frames.length, moved: frames.filter(frame => frame.change > 0.5).length, decoded: 0 };
  if (frames.length > 1) result.fps = +((frames.length - 1) * 1000 / (frames.at(-1).at - frames[0].at)).toFixed(2);
  const codes = frames.map(frame => frame.code).filter(Boolean);
  result.decoded = codes.length;
  result.stretches = stretches(frames);
  if (codes.length === 0) return result;
  const ages = codes.map(code => code.age).sort((a, b) => a - b);
  const at = share => ages[Math.min(ages.length - 1, Math.floor(share * ages.length))];
  result.latencyMs = { min: ages[0], p50: at(0.5), p95: at(0.95), max: ages.at(-1) };
  result.distinct = new Set(codes.map(code => code.counter)).size;
  result.lost = (codes.at(-1).counter - codes[0].counter + 65536) % 65536 + 1 - result.distinct;
  return result;
}

// What one look at a camera found; { error } where there was none.
async function look({ label = null, seconds = 5, attempts = 4 } = {}) {
  const begin = performance.now();
  let opened;
  try { opened = await openCamera(label, attempts); } catch (error) {
    return { error: error.message, cameras: await videoInputs().then(list => list.map(input => input.label), String) };
  }
  const track = opened.stream.getVideoTracks()[0];
  const lost = [];
  for (const event of ['mute', 'ended']) track.addEventListener(event, () => lost.push(event));
  try {
    const video = document.getElementById('video');
    video.srcObject = opened.stream;
    await within(8000, 'play', video.play());
    const firstFrameMs = Math.round(performance.now() - begin);
    const frames = await watch(video, seconds);
    return { label: track.label, attempts: opened.attempt, width: video.videoWidth, height: video.videoHeight, firstFrameMs, ...summarise(frames),
      events: lost, live: track.readyState === 'live' && !track.muted };
  } catch (error) {
    return { error: error.message, label: track.label, attempts: opened.attempt, live: track.readyState === 'live' && !track.muted };
  } finally {
    track.stop();
  }
}
