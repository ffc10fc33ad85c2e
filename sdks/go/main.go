// Every operation, and every kind of refusal, through the provider's SDK for Go. Prints a line for each: name, tab, ok or what was wrong.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/stytchauth/stytch-go/v18/stytch/b2b/b2bstytchapi"
	"github.com/stytchauth/stytch-go/v18/stytch/b2b/discovery/intermediatesessions"
	b2brbac "github.com/stytchauth/stytch-go/v18/stytch/b2b/rbac"
	"github.com/stytchauth/stytch-go/v18/stytch/b2b/rbac/organizations"
	b2bsessions "github.com/stytchauth/stytch-go/v18/stytch/b2b/sessions"
	"github.com/stytchauth/stytch-go/v18/stytch/consumer"
	"github.com/stytchauth/stytch-go/v18/stytch/consumer/debug"
	"github.com/stytchauth/stytch-go/v18/stytch/consumer/rbac"
	"github.com/stytchauth/stytch-go/v18/stytch/consumer/sessions"
	"github.com/stytchauth/stytch-go/v18/stytch/consumer/stytchapi"
	"github.com/stytchauth/stytch-go/v18/stytch/stytcherror"
)

var fixtures struct {
	Consumer struct {
		Project string `json:"project_id"`
		Secret  string `json:"secret"`
		User    string `json:"user_id"`
		Token   string `json:"session_token"`
	} `json:"consumer"`
	B2B struct {
		Project       string            `json:"project_id"`
		Secret        string            `json:"secret"`
		Member        string            `json:"member_id"`
		Organizations map[string]string `json:"organizations"`
		Tokens        map[string]string `json:"session_tokens"`
	} `json:"b2b"`
	Foreign      map[string]string `json:"foreign_session_tokens"`
	Access       map[string]string `json:"access_tokens"`
	Intermediate map[string]string `json:"intermediate_session_tokens"`
	Trusted      map[string]string `json:"trusted_tokens"`
}

type refusal struct {
	Name   string `json:"name"`
	Fault  string `json:"fault"`
	Status int    `json:"status"`
	Type   string `json:"type"`
}

var (
	ctx    = context.Background()
	failed bool
)

const maxAge = 5 * time.Minute

func read(file string, into any) {
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func attempt(name string, call func() error) {
	said := "ok"
	if err := call(); err != nil {
		failed = true
		said = strings.ReplaceAll(err.Error(), "\n", " ")
	}
	fmt.Printf("%s\t%s\n", name, said)
}

// only has the error of a call with a result.
func only[T any](_ T, err error) error { return err }

func refused(err error, status int, kind string) error {
	var told stytcherror.Error
	switch {
	case err == nil:
		return errors.New("it was not refused")
	case !errors.As(err, &told):
		return fmt.Errorf("no error of the SDK: %w", err)
	case told.StatusCode != status || string(told.ErrorType) != kind:
		return fmt.Errorf("told %d %s", told.StatusCode, told.ErrorType)
	case told.ErrorMessage == "" || told.RequestID == "" || told.ErrorURL == "":
		return errors.New("the message, id or address is missing")
	}
	return nil
}

func denied(err error) error {
	if err == nil {
		return errors.New("what no role permits was permitted")
	}
	return nil
}

func setFault(name string) {
	reply, err := http.Post(os.Getenv("FAULTS")+"/fault/"+name, "", nil)
	if err == nil {
		reply.Body.Close()
	}
}

func consumerOf(project, secret string) *stytchapi.API {
	client, err := stytchapi.NewClient(project, secret,
		stytchapi.WithBaseURI(os.Getenv("BASE")), stytchapi.WithSkipJWKSInitialization())
	if err != nil {
		panic(err)
	}
	return client
}

func migrated(client *stytchapi.API, minutes int32) (*sessions.MigrateResponse, error) {
	return client.Sessions.Migrate(ctx, &sessions.MigrateParams{
		SessionToken: fixtures.Foreign["good"], SessionDurationMinutes: minutes,
	})
}

func main() {
	read(os.Getenv("FIXTURES"), &fixtures)
	var refusals []refusal
	read(os.Getenv("REFUSALS"), &refusals)
	base := os.Getenv("BASE")
	user, err := stytchapi.NewClient(fixtures.Consumer.Project, fixtures.Consumer.Secret, stytchapi.WithBaseURI(base))
	if err != nil {
		panic(err)
	}
	member, err := b2bstytchapi.NewClient(fixtures.B2B.Project, fixtures.B2B.Secret, b2bstytchapi.WithBaseURI(base))
	if err != nil {
		panic(err)
	}
	plain := fixtures.B2B.Organizations["plain"]
	memberMigrated := func() (*b2bsessions.MigrateResponse, error) {
		return member.Sessions.Migrate(ctx, &b2bsessions.MigrateParams{
			SessionToken: fixtures.Foreign["good"], OrganizationID: plain, SessionDurationMinutes: 60,
		})
	}
	authenticated := func(name string) (*b2bsessions.AuthenticateResponse, error) {
		return member.Sessions.Authenticate(ctx, &b2bsessions.AuthenticateParams{SessionToken: fixtures.B2B.Tokens[name]})
	}
	admin := func() (*b2bsessions.AuthenticateResponse, error) { return authenticated("of_an_admin") }
	mayDelete := func(token, organization string) error {
		return only(member.Sessions.AuthenticateJWTLocal(ctx, token, maxAge,
			&b2bsessions.AuthorizationCheck{OrganizationID: organization, ResourceID: "documents", Action: "delete"}))
	}

	attempt("sessions.list", func() error {
		return only(user.Sessions.Get(ctx, &sessions.GetParams{UserID: fixtures.Consumer.User}))
	})
	attempt("sessions.authenticate", func() error {
		return only(user.Sessions.Authenticate(ctx, &sessions.AuthenticateParams{SessionToken: fixtures.Consumer.Token}))
	})
	attempt("sessions.revoke", func() error {
		made, err := migrated(user, 60)
		if err != nil {
			return err
		}
		return only(user.Sessions.Revoke(ctx, &sessions.RevokeParams{SessionToken: made.SessionToken}))
	})
	attempt("sessions.migrate", func() error { return only(migrated(user, 60)) })
	attempt("sessions.exchange_access_token", func() error {
		return only(user.Sessions.ExchangeAccessToken(ctx, &sessions.ExchangeAccessTokenParams{
			AccessToken: fixtures.Access["of_user"], SessionDurationMinutes: 60,
		}))
	})
	attempt("sessions.attest", func() error {
		return only(user.Sessions.Attest(ctx, &sessions.AttestParams{
			ProfileID: fixtures.Trusted["user_profile_id"], Token: fixtures.Trusted["good"],
		}))
	})
	attempt("sessions.jwks", func() error {
		return only(user.Sessions.GetJWKS(ctx, &sessions.GetJWKSParams{ProjectID: fixtures.Consumer.Project}))
	})
	attempt("rbac.policy", func() error { return only(user.RBAC.Policy(ctx, &rbac.PolicyParams{})) })
	attempt("debug.whoami", func() error { return only(user.Debug.Whoami(ctx, &debug.WhoamiParams{})) })
	attempt("b2b.sessions.list", func() error {
		return only(member.Sessions.Get(ctx, &b2bsessions.GetParams{OrganizationID: plain, MemberID: fixtures.B2B.Member}))
	})
	attempt("b2b.sessions.authenticate", func() error { return only(admin()) })
	attempt("b2b.sessions.revoke", func() error {
		made, err := memberMigrated()
		if err != nil {
			return err
		}
		return only(member.Sessions.Revoke(ctx, &b2bsessions.RevokeParams{SessionToken: made.SessionToken}))
	})
	attempt("b2b.sessions.exchange", func() error {
		return only(member.Sessions.Exchange(ctx, &b2bsessions.ExchangeParams{
			OrganizationID: plain, SessionToken: fixtures.B2B.Tokens["magic_link"],
		}))
	})
	attempt("b2b.sessions.exchange_access_token", func() error {
		return only(member.Sessions.ExchangeAccessToken(ctx, &b2bsessions.ExchangeAccessTokenParams{
			AccessToken: fixtures.Access["of_member"], SessionDurationMinutes: 60,
		}))
	})
	attempt("b2b.sessions.attest", func() error {
		return only(member.Sessions.Attest(ctx, &b2bsessions.AttestParams{
			ProfileID: fixtures.Trusted["profile_id"], Token: fixtures.Trusted["good"],
		}))
	})
	attempt("b2b.sessions.migrate", func() error { return only(memberMigrated()) })
	attempt("b2b.sessions.jwks", func() error {
		return only(member.Sessions.GetJWKS(ctx, &b2bsessions.GetJWKSParams{ProjectID: fixtures.B2B.Project}))
	})
	attempt("b2b.rbac.policy", func() error { return only(member.RBAC.Policy(ctx, &b2brbac.PolicyParams{})) })
	attempt("b2b.rbac.organizations.policy", func() error {
		return only(member.RBAC.Organizations.GetOrgPolicy(ctx, &organizations.GetOrgPolicyParams{OrganizationID: plain}))
	})
	attempt("b2b.discovery.intermediate_sessions.exchange", func() error {
		return only(member.Discovery.IntermediateSessions.Exchange(ctx, &intermediatesessions.ExchangeParams{
			IntermediateSessionToken: fixtures.Intermediate["magic_link"], OrganizationID: plain,
		}))
	})

	attempt("verify a user's JWT locally", func() error {
		made, err := migrated(user, 60)
		if err != nil {
			return err
		}
		return only(user.Sessions.AuthenticateJWTLocal(made.SessionJWT, maxAge))
	})
	attempt("… with an authorization check", func() error {
		made, err := migrated(user, 60)
		if err != nil {
			return err
		}
		check := func(action string) error {
			return only(user.Sessions.AuthenticateJWTLocal(made.SessionJWT, maxAge, consumer.WithAuthorizationCheck(
				&sessions.AuthorizationCheck{ResourceID: "documents", Action: action})))
		}
		if err := check("read"); err != nil {
			return err
		}
		return denied(check("delete"))
	})
	attempt("verify a member's JWT locally", func() error {
		made, err := admin()
		if err != nil {
			return err
		}
		return only(member.Sessions.AuthenticateJWTLocal(ctx, made.SessionJWT, maxAge, nil))
	})
	attempt("… of an organization, with an authorization check", func() error {
		made, err := admin()
		if err != nil {
			return err
		}
		if err := mayDelete(made.SessionJWT, plain); err != nil {
			return err
		}
		return denied(mayDelete(made.SessionJWT, fixtures.B2B.Organizations["requires_mfa"]))
	})
	attempt("… by a role of the organization's own", func() error {
		made, err := authenticated("of_another_member")
		if err != nil {
			return err
		}
		return mayDelete(made.SessionJWT, plain)
	})

	attempt("refused: REQUEST_BREAKS_CONTRACT", func() error {
		return refused(only(migrated(user, 1)), 400, "invalid_session_duration_minutes")
	})
	attempt("refused: UNKNOWN_PROJECT", func() error {
		return refused(only(migrated(consumerOf("project-test-of-another", "a-secret"), 60)), 403, "project_not_allowed")
	})
	attempt("refused: RATE_LIMITED", func() error {
		traced := func() error {
			return only(user.Sessions.Migrate(ctx, &sessions.MigrateParams{
				SessionToken: fixtures.Foreign["good"], TelemetryID: "of-go",
			}))
		}
		if err := traced(); err != nil {
			return err
		}
		return refused(traced(), 429, "too_many_requests")
	})
	for _, row := range refusals {
		attempt(row.Name, func() error {
			setFault(row.Fault)
			defer setFault("none")
			return refused(only(migrated(user, 60)), row.Status, row.Type)
		})
	}
	attempt("the provider's own: unauthorized_credentials", func() error {
		return refused(only(migrated(consumerOf(fixtures.Consumer.Project, "wrong"), 60)), 401, "unauthorized_credentials")
	})
	attempt("the provider's own: session_not_found", func() error {
		made, err := migrated(user, 60)
		if err != nil {
			return err
		}
		if _, err := user.Sessions.Revoke(ctx, &sessions.RevokeParams{SessionToken: made.SessionToken}); err != nil {
			return err
		}
		return refused(only(user.Sessions.Authenticate(ctx, &sessions.AuthenticateParams{
			SessionToken: made.SessionToken,
		})), 404, "session_not_found")
	})
	if failed {
		os.Exit(1)
	}
}
