// Every operation, and every kind of refusal, through the provider's SDK for Node. Prints a line for each: name, tab, ok or what was wrong.
import { readFileSync } from "node:fs";
import stytch from "stytch";

const base = process.env.BASE;
const known = JSON.parse(readFileSync(process.env.FIXTURES));
const refusals = JSON.parse(readFileSync(process.env.REFUSALS));
const consumerOf = (project, secret) => new stytch.Client({ project_id: project, secret, custom_base_url: base });
const consumer = consumerOf(known.consumer.project_id, known.consumer.secret);
const b2b = new stytch.B2BClient({
  project_id: known.b2b.project_id,
  secret: known.b2b.secret,
  custom_base_url: base,
});
const plain = known.b2b.organizations.plain;
const reads = { resource_id: "documents", action: "read" };
const deletes = { resource_id: "documents", action: "delete" };

let failed = false;
const attempt = async (name, call) => {
  let said = "ok";
  try {
    await call();
  } catch (problem) {
    failed = true;
    said = `${problem.name}: ${String(problem.message).split("\n")[0]}`;
  }
  console.log(`${name}\t${said}`);
};
const expect = (holds, sentence) => {
  if (!holds) throw new Error(sentence);
};
const refused = async (call, status, type) => {
  let problem;
  try {
    await call();
  } catch (thrown) {
    problem = thrown;
  }
  expect(problem, "it was not refused");
  expect(problem.status_code === status && problem.error_type === type, `told ${problem.status_code} ${problem.error_type}`);
  expect(problem.error_message && problem.request_id && problem.error_url, "the message, id or address is missing");
};
const denied = async (call) => {
  let passed = false;
  try {
    await call();
    passed = true;
  } catch {
    // as it should be
  }
  expect(!passed, "what no role permits was permitted");
};
const migrate = (client = consumer, minutes = 60) =>
  client.sessions.migrate({ session_token: known.foreign_session_tokens.good, session_duration_minutes: minutes });
const jwt = async () => (await migrate()).session_jwt;
const memberJwt = async (member = "of_an_admin") =>
  (await b2b.sessions.authenticate({ session_token: known.b2b.session_tokens[member] })).session_jwt;

await attempt("sessions.list", () => consumer.sessions.get({ user_id: known.consumer.user_id }));
await attempt("sessions.authenticate", () => consumer.sessions.authenticate({ session_token: known.consumer.session_token }));
await attempt("sessions.revoke", async () => consumer.sessions.revoke({ session_token: (await migrate()).session_token }));
await attempt("sessions.migrate", () => migrate());
await attempt("sessions.exchange_access_token", () =>
  consumer.sessions.exchangeAccessToken({ access_token: known.access_tokens.of_user, session_duration_minutes: 60 }));
await attempt("sessions.attest", () =>
  consumer.sessions.attest({ profile_id: known.trusted_tokens.user_profile_id, token: known.trusted_tokens.good }));
await attempt("sessions.jwks", () => consumer.sessions.getJWKS({ project_id: known.consumer.project_id }));
await attempt("rbac.policy", () => consumer.rbac.policy());
await attempt("debug.whoami", () => consumer.debug.whoami());
await attempt("b2b.sessions.list", () =>
  b2b.sessions.get({ organization_id: plain, member_id: known.b2b.member_id }));
await attempt("b2b.sessions.authenticate", () =>
  b2b.sessions.authenticate({ session_token: known.b2b.session_tokens.of_an_admin }));
await attempt("b2b.sessions.revoke", async () =>
  b2b.sessions.revoke({ session_token: (await memberSession()).session_token }));
await attempt("b2b.sessions.exchange", () =>
  b2b.sessions.exchange({ organization_id: plain, session_token: known.b2b.session_tokens.magic_link }));
await attempt("b2b.sessions.exchange_access_token", () =>
  b2b.sessions.exchangeAccessToken({ access_token: known.access_tokens.of_member, session_duration_minutes: 60 }));
await attempt("b2b.sessions.attest", () =>
  b2b.sessions.attest({ profile_id: known.trusted_tokens.profile_id, token: known.trusted_tokens.good }));
await attempt("b2b.sessions.migrate", () => memberSession());
await attempt("b2b.sessions.jwks", () => b2b.sessions.getJWKS({ project_id: known.b2b.project_id }));
await attempt("b2b.rbac.policy", () => b2b.rbac.policy());
await attempt("b2b.rbac.organizations.policy", () =>
  b2b.rbac.organizations.getOrgPolicy({ organization_id: plain }));
await attempt("b2b.discovery.intermediate_sessions.exchange", () =>
  b2b.discovery.intermediateSessions.exchange({
    intermediate_session_token: known.intermediate_session_tokens.magic_link,
    organization_id: plain,
  }));

await attempt("verify a user's JWT locally", async () =>
  consumer.sessions.authenticateJwtLocal({ session_jwt: await jwt() }));
await attempt("… with an authorization check", async () => {
  const token = await jwt();
  await consumer.sessions.authenticateJwtLocal({ session_jwt: token, authorization_check: reads });
  await denied(() => consumer.sessions.authenticateJwtLocal({ session_jwt: token, authorization_check: deletes }));
});
await attempt("verify a member's JWT locally", async () =>
  b2b.sessions.authenticateJwtLocal({ session_jwt: await memberJwt() }));
await attempt("… of an organization, with an authorization check", async () => {
  const token = await memberJwt();
  const check = (organization) => ({
    session_jwt: token,
    authorization_check: { ...deletes, organization_id: organization },
  });
  await b2b.sessions.authenticateJwtLocal(check(plain));
  await denied(() => b2b.sessions.authenticateJwtLocal(check(known.b2b.organizations.requires_mfa)));
});
await attempt("… by a role of the organization's own", async () =>
  b2b.sessions.authenticateJwtLocal({
    session_jwt: await memberJwt("of_another_member"),
    authorization_check: { ...deletes, organization_id: plain },
  }));

await attempt("refused: REQUEST_BREAKS_CONTRACT", () =>
  refused(() => migrate(consumer, 1), 400, "invalid_session_duration_minutes"));
await attempt("refused: UNKNOWN_PROJECT", () =>
  refused(() => migrate(consumerOf("project-test-of-another", "a-secret")), 403, "project_not_allowed"));
await attempt("refused: RATE_LIMITED", async () => {
  const traced = () =>
    consumer.sessions.migrate({ session_token: known.foreign_session_tokens.good, telemetry_id: "of-node" });
  await traced();
  await refused(traced, 429, "too_many_requests");
});
for (const { name, fault, status, type } of refusals) {
  await attempt(name, async () => {
    await fetch(`${process.env.FAULTS}/fault/${fault}`, { method: "POST" });
    try {
      await refused(() => migrate(), status, type);
    } finally {
      await fetch(`${process.env.FAULTS}/fault/none`, { method: "POST" });
    }
  });
}
await attempt("the provider's own: unauthorized_credentials", () =>
  refused(() => migrate(consumerOf(known.consumer.project_id, "wrong")), 401, "unauthorized_credentials"));
await attempt("the provider's own: session_not_found", async () => {
  const { session_token } = await migrate();
  await consumer.sessions.revoke({ session_token });
  await refused(() => consumer.sessions.authenticate({ session_token }), 404, "session_not_found");
});

function memberSession() {
  return b2b.sessions.migrate({ session_token: known.foreign_session_tokens.good, organization_id: plain, session_duration_minutes: 60 });
}
process.exit(failed ? 1 : 0);
