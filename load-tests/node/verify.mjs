// What the provider's Node SDK sees through the gateway: node verify.mjs while-up|while-down GATEWAY SANDBOX FILE
// The first is run with the sandbox up, whose keys fail and are rotated meanwhile, and leaves tokens in the file; the second after
// the sandbox has ended. Every step uses a client of its own, which knows no keys and no policy yet.
import assert from "node:assert/strict";
import fs from "node:fs";
import stytch from "stytch";

const [phase, gateway, sandbox, file] = process.argv.slice(2);
const may = { resource_id: "documents", action: "read" };
const mayNot = { resource_id: "documents", action: "delete" };
const ofArchivist = mayNot; // by a role that one organization has
const mayNotEvenThere = { resource_id: "documents", action: "write" };
console.warn = () => {}; // of every client, that its address is none of the provider's

const { projects, ...known } = phase === "while-up" ? await fixtures() : JSON.parse(fs.readFileSync(file, "utf8"));

async function fixtures() {
  const { consumer, b2b } = await (await fetch(`${sandbox}/sandbox/fixtures`)).json();
  return { projects: { consumer, b2b }, user: consumer.session_token, member: b2b.session_tokens.of_another_member };
}

function client(secret = projects.consumer.secret) {
  return new stytch.Client({ project_id: projects.consumer.project_id, secret, env: gateway });
}

function b2bClient() {
  return new stytch.B2BClient({ project_id: projects.b2b.project_id, secret: projects.b2b.secret, env: gateway });
}

async function published(product) {
  const path = product === "b2b" ? "/v1/b2b/sessions/jwks/" : "/v1/sessions/jwks/";
  const reply = await fetch(gateway + path + projects[product].project_id);
  return { kept: reply.headers.get("sallyport-kept"), keys: reply.status === 200 ? (await reply.json()).keys.length : 0 };
}

async function until(what, condition) {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    assert(Date.now() < end, `not within a minute: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function step(what, work) {
  await work();
  console.log(`  ${what}`);
}

const keysAre = (fault) => fetch(`${sandbox}/sandbox/jwks/faults/${fault}`, { method: "POST" });
const local = (session_jwt, authorization_check) => client().sessions.authenticateJwtLocal({ session_jwt, authorization_check });
const localOfMember = (session_jwt, check) =>
  b2bClient().sessions.authenticateJwtLocal({
    session_jwt,
    authorization_check: { ...check, organization_id: projects.b2b.organizations.plain },
  });
const denied = (work) => assert.rejects(work, (error) => error.code === "invalid_permissions");
const userJwt = async () => (await client().sessions.authenticate({ session_token: known.user })).session_jwt;
const memberJwt = async () => (await b2bClient().sessions.authenticate({ session_token: known.member })).session_jwt;

async function whileUp() {
  for (const product of ["consumer", "b2b"]) {
    await until("keys are kept", async () => (await published(product)).kept === "fresh");
  }
  const before = await userJwt();
  const beforeOfMember = await memberJwt();
  await step("the typed key set has what it has at the provider", async () => {
    const path = `/v1/sessions/jwks/${projects.consumer.project_id}`;
    const ours = await client().sessions.getJWKS({ project_id: projects.consumer.project_id });
    assert.deepEqual(ours.keys, (await (await fetch(sandbox + path)).json()).keys);
  });
  await step("what a role may do is decided by the policy, of a member's by that of the organization as well", async () => {
    assert.ok(await local(before, may));
    await denied(local(before, mayNot));
    assert.ok(await localOfMember(beforeOfMember, may));
    assert.ok(await localOfMember(beforeOfMember, ofArchivist));
    await denied(localOfMember(beforeOfMember, mayNotEvenThere));
  });
  await keysAre("down");
  await until("keys are stale", async () => (await published("consumer")).kept === "stale");
  await step("keys down, before a rotation: verified", async () => {
    assert.ok(await local(before, may));
    assert.ok(await localOfMember(beforeOfMember, ofArchivist));
  });
  await keysAre("none");
  await fetch(`${sandbox}/sandbox/keys/rotate`, { method: "POST" });
  const after = await userJwt();
  const afterOfMember = await memberJwt();
  await until("both keys are kept", async () => (await published("consumer")).keys === 2 && (await published("b2b")).keys === 2);
  await keysAre("down");
  await until("keys are stale", async () => (await published("consumer")).kept === "stale");
  await step("keys down, after a rotation: verified, old and new", async () => {
    for (const jwt of [before, after]) {
      assert.ok(await local(jwt, may));
    }
    for (const jwt of [beforeOfMember, afterOfMember]) {
      assert.ok(await localOfMember(jwt, ofArchivist));
    }
  });
  await client().rbac.policy(); // the last that the provider gives to these credentials
  fs.writeFileSync(file, JSON.stringify({ projects, ...known, before, after, afterOfMember }));
}

async function whileDown() {
  await step("provider down: verified, and decided by the last policies", async () => {
    for (const jwt of [known.before, known.after]) {
      assert.ok(await local(jwt, may));
      await denied(local(jwt, mayNot));
    }
    assert.ok(await localOfMember(known.afterOfMember, ofArchivist));
    await denied(localOfMember(known.afterOfMember, mayNotEvenThere));
  });
  await step("provider down: no policy for other credentials", async () => {
    await assert.rejects(client("guessed").rbac.policy(), (error) => error.status_code === 502 || error.status_code === 503);
  });
  await step("provider down: a forged token is refused", async () => {
    const [head, claims, signature] = known.after.split(".");
    const forged = [head, claims, signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))].join(".");
    await assert.rejects(local(forged, may), (error) => error.code === "jwt_invalid");
  });
}

await (phase === "while-up" ? whileUp() : whileDown());
