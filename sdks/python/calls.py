"""Every operation, and every kind of refusal, through the provider's SDK for Python.

Prints a line for each: name, tab, ok or what was wrong.
"""
import json
import os
import sys
import urllib.request

import stytch
from stytch.b2b.models.sessions import AuthorizationCheck as MemberCheck
from stytch.consumer.models.sessions import AuthorizationCheck as UserCheck
from stytch.core.response_base import StytchError

with open(os.environ["FIXTURES"]) as file:
    KNOWN = json.load(file)
with open(os.environ["REFUSALS"]) as file:
    REFUSALS = json.load(file)
BASE = os.environ["BASE"]
PLAIN = KNOWN["b2b"]["organizations"]["plain"]
failed = False


def consumer_of(project, secret):
    return stytch.Client(project_id=project, secret=secret, custom_base_url=BASE)


consumer = consumer_of(KNOWN["consumer"]["project_id"], KNOWN["consumer"]["secret"])
b2b = stytch.B2BClient(
    project_id=KNOWN["b2b"]["project_id"], secret=KNOWN["b2b"]["secret"], custom_base_url=BASE
)


def attempt(name, call):
    global failed
    said = "ok"
    try:
        call()
    except Exception as problem:  # each is told
        failed = True
        said = f"{type(problem).__name__}: {problem}".replace("\n", " ")[:300]
    print(f"{name}\t{said}", flush=True)


def expect(holds, sentence):
    if not holds:
        raise AssertionError(sentence)


def refused(call, status, error_type):
    try:
        call()
    except StytchError as problem:
        told = problem.details
        expect(
            told.status_code == status and told.error_type == error_type,
            f"told {told.status_code} {told.error_type}",
        )
        expect(told.error_message and told.request_id and told.error_url, "the message, id or address is missing")
        return
    raise AssertionError("it was not refused")


def denied(call):
    try:
        call()
    except Exception:
        return
    raise AssertionError("what no role permits was permitted")


def migrate(client=consumer, minutes=60):
    return client.sessions.migrate(
        session_token=KNOWN["foreign_session_tokens"]["good"], session_duration_minutes=minutes
    )


def member_session():
    return b2b.sessions.migrate(
        session_token=KNOWN["foreign_session_tokens"]["good"], organization_id=PLAIN, session_duration_minutes=60
    )


def member_jwt(member="of_an_admin"):
    return b2b.sessions.authenticate(session_token=KNOWN["b2b"]["session_tokens"][member]).session_jwt


attempt("sessions.list", lambda: consumer.sessions.get(user_id=KNOWN["consumer"]["user_id"]))
attempt(
    "sessions.authenticate",
    lambda: consumer.sessions.authenticate(session_token=KNOWN["consumer"]["session_token"]),
)
attempt("sessions.revoke", lambda: consumer.sessions.revoke(session_token=migrate().session_token))
attempt("sessions.migrate", migrate)
attempt(
    "sessions.exchange_access_token",
    lambda: consumer.sessions.exchange_access_token(
        access_token=KNOWN["access_tokens"]["of_user"], session_duration_minutes=60
    ),
)
attempt(
    "sessions.attest",
    lambda: consumer.sessions.attest(
        profile_id=KNOWN["trusted_tokens"]["user_profile_id"], token=KNOWN["trusted_tokens"]["good"]
    ),
)
attempt("sessions.jwks", lambda: consumer.sessions.get_jwks(project_id=KNOWN["consumer"]["project_id"]))
attempt("rbac.policy", lambda: consumer.rbac.policy())
attempt("debug.whoami", lambda: consumer.debug.whoami())
attempt(
    "b2b.sessions.list",
    lambda: b2b.sessions.get(organization_id=PLAIN, member_id=KNOWN["b2b"]["member_id"]),
)
attempt("b2b.sessions.authenticate", member_jwt)
attempt("b2b.sessions.revoke", lambda: b2b.sessions.revoke(session_token=member_session().session_token))
attempt(
    "b2b.sessions.exchange",
    lambda: b2b.sessions.exchange(
        organization_id=PLAIN, session_token=KNOWN["b2b"]["session_tokens"]["magic_link"]
    ),
)
attempt(
    "b2b.sessions.exchange_access_token",
    lambda: b2b.sessions.exchange_access_token(
        access_token=KNOWN["access_tokens"]["of_member"], session_duration_minutes=60
    ),
)
attempt(
    "b2b.sessions.attest",
    lambda: b2b.sessions.attest(
        profile_id=KNOWN["trusted_tokens"]["profile_id"], token=KNOWN["trusted_tokens"]["good"]
    ),
)
attempt("b2b.sessions.migrate", member_session)
attempt("b2b.sessions.jwks", lambda: b2b.sessions.get_jwks(project_id=KNOWN["b2b"]["project_id"]))
attempt("b2b.rbac.policy", lambda: b2b.rbac.policy())
attempt(
    "b2b.rbac.organizations.policy",
    lambda: b2b.rbac.organizations.get_org_policy(organization_id=PLAIN),
)
attempt(
    "b2b.discovery.intermediate_sessions.exchange",
    lambda: b2b.discovery.intermediate_sessions.exchange(
        intermediate_session_token=KNOWN["intermediate_session_tokens"]["magic_link"], organization_id=PLAIN
    ),
)

attempt(
    "verify a user's JWT locally",
    lambda: expect(
        consumer.sessions.authenticate_jwt_local(session_jwt=migrate().session_jwt), "no session came of it"
    ),
)


def user_checked():
    token = migrate().session_jwt
    consumer.sessions.authenticate_jwt_local(
        session_jwt=token, authorization_check=UserCheck(resource_id="documents", action="read")
    )
    denied(
        lambda: consumer.sessions.authenticate_jwt_local(
            session_jwt=token, authorization_check=UserCheck(resource_id="documents", action="delete")
        )
    )


def may_delete(token, organization):
    return b2b.sessions.authenticate_jwt_local(
        session_jwt=token,
        authorization_check=MemberCheck(organization_id=organization, resource_id="documents", action="delete"),
    )


def member_checked():
    token = member_jwt()
    may_delete(token, PLAIN)
    denied(lambda: may_delete(token, KNOWN["b2b"]["organizations"]["requires_mfa"]))


attempt("… with an authorization check", user_checked)
attempt(
    "verify a member's JWT locally",
    lambda: expect(b2b.sessions.authenticate_jwt_local(session_jwt=member_jwt()), "no session came of it"),
)
attempt("… of an organization, with an authorization check", member_checked)
attempt("… by a role of the organization's own", lambda: may_delete(member_jwt("of_another_member"), PLAIN))

attempt(
    "refused: REQUEST_BREAKS_CONTRACT",
    lambda: refused(lambda: migrate(minutes=1), 400, "invalid_session_duration_minutes"),
)
attempt(
    "refused: UNKNOWN_PROJECT",
    lambda: refused(
        lambda: migrate(consumer_of("project-test-of-another", "a-secret")), 403, "project_not_allowed"
    ),
)


def limited():
    def traced():
        return consumer.sessions.migrate(
            session_token=KNOWN["foreign_session_tokens"]["good"], telemetry_id="of-python"
        )

    traced()
    refused(traced, 429, "too_many_requests")


attempt("refused: RATE_LIMITED", limited)


def set_fault(name):
    request = urllib.request.Request(f"{os.environ['FAULTS']}/fault/{name}", method="POST")
    urllib.request.urlopen(request).read()


def refused_by(fault, status, error_type):
    set_fault(fault)
    try:
        refused(migrate, status, error_type)
    finally:
        set_fault("none")


for row in REFUSALS:
    attempt(row["name"], lambda row=row: refused_by(row["fault"], row["status"], row["type"]))
attempt(
    "the provider's own: unauthorized_credentials",
    lambda: refused(
        lambda: migrate(consumer_of(KNOWN["consumer"]["project_id"], "wrong")), 401, "unauthorized_credentials"
    ),
)


def revoked():
    token = migrate().session_token
    consumer.sessions.revoke(session_token=token)
    refused(lambda: consumer.sessions.authenticate(session_token=token), 404, "session_not_found")


attempt("the provider's own: session_not_found", revoked)
sys.exit(1 if failed else 0)
