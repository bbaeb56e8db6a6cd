package fakediscord_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"

	"verbatim/bot/fakediscord"
)

// A person uses a command; the bot, here a few plain requests, registers it, defers and
// answers.
func Example() {
	srv, err := fakediscord.Start(fakediscord.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()
	defer http.DefaultClient.CloseIdleConnections()

	guild := srv.NewGuild(fakediscord.Guild{Name: "History"})
	channel := srv.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"})
	ana := srv.NewPerson("ana", "es-ES").Join(guild.ID)

	bot := func(method, path, body string) {
		req, err := http.NewRequest(method, srv.URL()+"/api/v10"+path, bytes.NewBufferString(body))
		if err != nil {
			log.Fatal(err)
		}
		req.Header.Set("Authorization", "Bot "+srv.Token())
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(method, res.StatusCode)
		_ = res.Body.Close()
	}
	bot("PUT", "/applications/"+srv.ApplicationID()+"/commands", `[{"name": "ask", "description": "Ask the notes"}]`)
	asked, err := ana.Slash(channel.ID, "ask", nil)
	if err != nil {
		log.Fatal(err)
	}
	bot("POST", "/interactions/"+asked.ID+"/"+asked.Token+"/callback", `{"type": 5}`)
	bot("POST", "/interactions/"+asked.ID+"/"+asked.Token+"/callback", `{"type": 5}`)
	bot("PATCH", "/webhooks/"+srv.ApplicationID()+"/"+asked.Token+"/messages/@original", `{"content": "An answer."}`)
	answer, err := asked.Answer(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Content)
	// Output:
	// PUT 200
	// POST 204
	// POST 400
	// PATCH 200
	// An answer.
}
