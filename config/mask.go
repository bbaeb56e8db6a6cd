package config

import (
	"net/url"
	"strings"
)

// masked stands for a secret.
const masked = "xxxxx"

// maskURL hides the passwords of a PostgreSQL URL, which stand before the host
// or among the parameters. Of a value that it is not sure to understand it shows
// nothing.
func maskURL(value string) string {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Opaque != "" {
		return masked
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return masked
	}
	if strings.Contains(u.Host+u.EscapedPath()+u.RawQuery+u.Fragment, "@") {
		return masked // a password that holds / or ? or #, not encoded
	}
	for _, name := range []string{"password", "sslpassword"} {
		if query.Has(name) {
			query.Set(name, masked)
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}

// maskURLOrOff is maskURL for what may be switched off.
func maskURLOrOff(value string) string {
	if value == "off" {
		return value
	}
	return maskURL(value)
}
