// Opens every page of a running console in a real browser while calls come in; see console/browser-check.
// Arguments: the gateway's address, the management port's, the sandbox's, the browser, a folder for pictures (or nothing).
// TOKEN is a token of the management port.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [gateway, management, sandbox, browserPath, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = [
  '/console', '/console/operations', '/console/violations', '/console/contracts',
  '/console/contracts/sessions.authenticate', '/console/state', '/console/settings', '/console/playground',
  '/console/replay?operation=sessions.authenticate&file=definitions/request-fields.schema.json', '/console/actions', '/console/login',
];
const SIGN_IN = '/console/login';
const KEPT = new Map([
  ['/console light 1280', 'console-home'],
  ['/console/operations dark 1280', 'console-operations'],
  ['/console/violations light 1280', 'console-violations'],
  ['/console/contracts/sessions.authenticate light 390', 'console-contract-narrow'],
  ['/console/actions light 1280', 'console-actions'],
  ['/console/actions dark 390', 'console-actions-narrow'],
  ['/console/login light 390 signed out', 'console-login-narrow'],
  ['/console/replay?operation=sessions.authenticate&file=definitions/request-fields.schema.json light 1280', 'console-replay'],
]);
const problems = [];
const problem = (where, what) => problems.push(`${where}: ${what}`);

// Calls that are good, that break a contract, and whose replies drift, for as long as the check runs.
const startCalls = async () => {
  const { consumer } = await (await fetch(`${sandbox}/sandbox/fixtures`)).json();
  const authorization = `Basic ${Buffer.from(`${consumer.project_id}:${consumer.secret}`).toString('base64')}`;
  const counts = { calls: 0 };
  const call = (body, headers = {}) => fetch(`${gateway}/v1/sessions/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization, ...headers },
    body: JSON.stringify(body),
  }).then((answer) => answer.text()).then(() => { counts.calls += 1; });
  const good = { session_token: consumer.session_token };
  const kinds = [
    () => call(good), () => call(good), () => call(good), () => call(good),
    () => call({ ...good, session_duration_minutes: 1 }),
    () => call(good, { 'x-sandbox-fault': 'unknown-field' }),
    () => call(good, { 'x-sandbox-fault': 'wrong-subject' }),
  ];
  let turn = 0;
  const timer = setInterval(() => {
    turn += 1;
    kinds[turn % kinds.length]().catch((lost) => problem('calls', lost.message));
  }, 25);
  return { counts, stop: () => clearInterval(timer) };
};

const name = (element) => `${element.tag}${element.id ? `#${element.id}` : ''} "${element.text}"`;

const tabThrough = async (page) => {
  const reached = [];
  await page.evaluate(() => { document.querySelectorAll('[data-reached]').forEach((one) => one.removeAttribute('data-reached')); });
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body || at.hasAttribute('data-reached')) {
        return null;
      }
      at.setAttribute('data-reached', '');
      const style = getComputedStyle(at);
      return {
        tag: at.tagName.toLowerCase(), id: at.id, text: at.textContent.trim().slice(0, 40),
        visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
      };
    });
    if (!focused) {
      break;
    }
    reached.push(focused);
  }
  return reached;
};

// From the first stop to the last, while live parts go on being replaced where the keyboard is not.
const byKeyboard = async (page, where) => {
  const reached = await tabThrough(page);
  if (!reached.length || reached[0].text !== 'Skip to the content') {
    problem(where, 'the first stop of Tab is not the link to the content');
  }
  reached.filter((one) => !one.visible).forEach((one) => problem(where, `focus is not visible on ${name(one)}`));
  const missed = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((one) => one.checkVisibility() && !one.hasAttribute('data-reached'))
    .map((one) => `${one.tagName.toLowerCase()} ${one.textContent.trim().slice(0, 40)}`));
  missed.slice(0, 3).forEach((one) => problem(where, `Tab does not reach ${one}`));
  await page.evaluate(() => document.querySelector('.skip').focus());
  await page.keyboard.press('Enter');
  if (!(await page.evaluate(() => document.activeElement.id === 'main'))) {
    problem(where, 'the link to the content does not lead there');
  }
  return reached.length;
};

const findings = async (page, where) => {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  violations.forEach((one) => problem(where, `axe ${one.id}: ${one.help}: ${one.nodes.slice(0, 2).map((node) => node.html).join(' | ')}`));
  return passes.length;
};

const look = async (browser, path, theme, width, storageState) => {
  const where = `${path} ${theme} ${width}${storageState ? '' : ' signed out'}`;
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 800 }, storageState });
  const page = await context.newPage();
  page.on('console', (line) => line.type() === 'error' && problem(where, `console: ${line.text()}`));
  page.on('pageerror', (error) => problem(where, `script: ${error.message}`));
  page.on('request', (request) => !request.url().startsWith(management) && problem(where, `asks ${request.url()}`));
  await page.goto(management + path, { waitUntil: 'load' });
  if (path === '/console/operations') {
    await page.waitForSelector('.chart canvas');
  }
  const rules = await findings(page, where);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) {
    problem(where, `is ${wide} pixels wide`);
  }
  if (pictures && KEPT.has(where)) {
    await page.screenshot({ path: `${pictures}/${KEPT.get(where)}.png` });
  }
  const stops = await byKeyboard(page, where);
  console.log(`${where}: ${rules} rules of axe passed, ${stops} stops by Tab`);
  await context.close();
};

// From a page that asks for a login to that page, with the keyboard alone; a wrong token first.
const signIn = async (browser) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const enter = async (token) => {
    await page.evaluate(() => document.querySelector('input[name=token]').focus());
    await page.keyboard.type(token);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  };
  await page.goto(`${management}/console/settings`);
  if (!page.url().endsWith(SIGN_IN)) {
    problem('login', `${page.url()} is shown to one who has not signed in`);
  }
  await enter('none-of-the-tokens-of-this-port');
  await page.waitForSelector('[role=alert]').catch(() => problem('login', 'does not tell that a token is wrong'));
  await findings(page, 'login with a wrong token');
  await enter(process.env.TOKEN);
  await page.waitForURL(`${management}/console`).catch(() => problem('login', 'does not lead to the console'));
  console.log('login: signed in');
  const state = await context.storageState();
  await context.close();
  return state;
};

const loosen = async (context) => {
  const page = await context.newPage();
  await page.goto(`${management}/console/actions`);
  await page.selectOption('select[name=operation]', 'sessions.authenticate');
  await page.selectOption('select[name=mode]', 'report');
  await page.evaluate(() => document.querySelector('form[action$="/mode"] button').focus());
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=status]').catch(() => problem('actions', 'a mode is not changed'));
  await page.evaluate(() => document.querySelector('form[action$="/reload"] button').focus());
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=All was as before').catch(() => problem('actions', 'nothing is reloaded'));
  await page.goto(`${management}/console`);
  if ((await page.locator('.headline.good').count()) || !(await page.getByText('is loosened for a while').count())) {
    problem('actions', 'the first page is silent about a mode that was loosened');
  }
  console.log('actions: a mode was changed, and settings were reloaded');
  await page.close();
};

const replay = async (context) => {
  const page = await context.newPage();
  await page.goto(`${management}/console/replay?operation=sessions.authenticate&file=definitions/request-fields.schema.json`);
  await page.evaluate(() => {
    const refused = [...document.querySelectorAll('select[name=call] option')].find((one) => one.textContent.includes('refused'));
    refused.selected = true;
    const schema = document.querySelector('textarea[name=schema]');
    schema.value = schema.value.replace('"minimum": 5', '"minimum": 1');
    document.querySelector('form[method=post] button').focus();
  });
  await page.keyboard.press('Enter');
  await page.waitForSelector('#result dl', { timeout: 60000 }).catch(() => problem('replay', 'gives no result'));
  await findings(page, 'replay with a result');
  const told = await page.evaluate(() => document.querySelector('#result').textContent);
  if (!told.includes('Would pass')) {
    problem('replay', `does not tell what the edited schema would do: ${told}`);
  }
  console.log('replay: a captured call was replayed');
  await page.close();
};

const live = async (context) => {
  const page = await context.newPage();
  await page.goto(`${management}/console/violations?operation=sessions.authenticate&door=request`);
  const count = () => page.evaluate(() => document.querySelector('#live td.number').textContent);
  const before = await count();
  await page.waitForFunction((then) => document.querySelector('#live td.number').textContent !== then, before, { timeout: 15000 })
    .catch(() => problem('live', 'the count of violations does not move'));
  console.log(`live: ${before} became ${await count()}`);
  await page.close();
};

const playground = async (context) => {
  const page = await context.newPage();
  await page.goto(`${management}/console/playground?operation=sessions.migrate`);
  await page.evaluate(() => document.querySelector('textarea[name=request]').focus());
  await page.keyboard.type('{"session_token":"c4n4ry","session_duration_minutes":1}');
  for (let field = 0; field < 4; field += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector('#result table').catch(() => problem('playground', 'gives no result'));
  await findings(page, 'playground with a result');
  const told = await page.evaluate(() => document.querySelector('#result').textContent);
  if (!told.includes('/session_duration_minutes') || told.includes('c4n4ry')) {
    problem('playground', 'does not tell the violation, or repeats a value');
  }
  await page.close();
};

const calls = await startCalls();
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
await new Promise((ready) => setTimeout(ready, 12000));
const state = await signIn(browser);
const context = await browser.newContext({ storageState: state });
for (const path of PAGES) {
  if (path === '/console/actions') {
    await replay(context);
    await loosen(context);
  }
  for (const theme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      await look(browser, path, theme, width, state);
      if (path === SIGN_IN) {
        await look(browser, path, theme, width, undefined);
      }
    }
  }
}
await live(context);
await playground(context);
await browser.close();
calls.stop();
console.log(`${calls.counts.calls} calls meanwhile`);
problems.forEach((one) => console.log(`PROBLEM ${one}`));
console.log(problems.length ? `${problems.length} problems` : 'no problems');
process.exit(problems.length ? 1 : 0);
