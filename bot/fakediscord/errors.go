package fakediscord

import (
	"errors"
	"fmt"
	"net/http"
)

// ErrRefused is wrapped by the errors of what a person tries and Discord would not let
// them do: press a button that is not there, leave out a required option.
var ErrRefused = errors.New("discord refuses")

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrRefused, fmt.Errorf(format, args...))
}

// apiError is an error answer of the REST API.
//
// Source: docs.discord.com/developers/reference#error-messages and
// docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
type apiError struct {
	Status  int            `json:"-"`
	Message string         `json:"message"`
	Code    int            `json:"code"`
	Errors  map[string]any `json:"errors,omitempty"` // of 50035: where the body is wrong
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%d: %s (%d)", e.Status, e.Message, e.Code)
}

// The error answers that do not depend on the request.
var (
	errUnauthorized       = &apiError{Status: http.StatusUnauthorized, Message: "401: Unauthorized"}
	errUnknownRoute       = &apiError{Status: http.StatusNotFound, Message: "404: Not Found"}
	errInvalidJSON        = &apiError{Status: http.StatusBadRequest, Code: 50109, Message: "The request body contains invalid JSON."}
	errTooLarge           = &apiError{Status: http.StatusRequestEntityTooLarge, Code: 40005, Message: "Request entity too large"}
	errFileTooLarge       = &apiError{Status: http.StatusBadRequest, Code: 50045, Message: "File uploaded exceeds the maximum size"}
	errUnknownApplication = &apiError{Status: http.StatusNotFound, Code: 10002, Message: "Unknown Application"}
	errUnknownChannel     = &apiError{Status: http.StatusNotFound, Code: 10003, Message: "Unknown Channel"}
	errUnknownGuild       = &apiError{Status: http.StatusNotFound, Code: 10004, Message: "Unknown Guild"}
	errUnknownMember      = &apiError{Status: http.StatusNotFound, Code: 10007, Message: "Unknown Member"}
	errUnknownMessage     = &apiError{Status: http.StatusNotFound, Code: 10008, Message: "Unknown Message"}
	errUnknownUser        = &apiError{Status: http.StatusNotFound, Code: 10013, Message: "Unknown User"}
	errUnknownWebhook     = &apiError{Status: http.StatusNotFound, Code: 10015, Message: "Unknown Webhook"}
	errUnknownInteraction = &apiError{Status: http.StatusNotFound, Code: 10062, Message: "Unknown interaction"}
	errUnknownCommand     = &apiError{Status: http.StatusNotFound, Code: 10063, Message: "Unknown application command"}
	errForumMessage       = &apiError{Status: http.StatusBadRequest, Code: 40058, Message: "Cannot send a message in a forum channel"}
	errAcknowledged       = &apiError{Status: http.StatusBadRequest, Code: 40060, Message: "Interaction has already been acknowledged."}
	errTagRequired        = &apiError{Status: http.StatusBadRequest, Code: 40067, Message: "A tag is required to create a forum post in this channel"}
	errMissingAccess      = &apiError{Status: http.StatusForbidden, Code: 50001, Message: "Missing Access"}
	errNotAuthor          = &apiError{Status: http.StatusForbidden, Code: 50005, Message: "Cannot edit a message authored by another user"}
	errEmptyMessage       = &apiError{Status: http.StatusBadRequest, Code: 50006, Message: "Cannot send an empty message"}
	errNoDirectMessages   = &apiError{Status: http.StatusForbidden, Code: 50007, Message: "Cannot send messages to this user"}
	errNotTextChannel     = &apiError{Status: http.StatusBadRequest, Code: 50008, Message: "Cannot send messages in a non-text channel"}
	errMissingPermissions = &apiError{Status: http.StatusForbidden, Code: 50013, Message: "Missing Permissions"}
	errChannelType        = &apiError{Status: http.StatusBadRequest, Code: 50024, Message: "Cannot execute action on this channel type"}
	errInvalidToken       = &apiError{Status: http.StatusUnauthorized, Code: 50027, Message: "Invalid Webhook Token"}
	errEntryPointGone     = &apiError{Status: http.StatusBadRequest, Code: 50240, Message: "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately."}
	errReplyHistory       = &apiError{Status: http.StatusForbidden, Code: 160002, Message: "Cannot reply without permission to read message history"}
	errThreadExists       = &apiError{Status: http.StatusBadRequest, Code: 160004, Message: "A thread has already been created for this message"}
)
