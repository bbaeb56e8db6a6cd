// Runs discord-digital-twin for bot/twin_test.go. The first line that it writes tells
// where it is; then it takes questions, one a line, asks them with /ask, and writes what
// came of each, one a line. It ends with its input.
import { createInterface } from "node:readline";
import { DigitalDiscord } from "discord-digital-twin";

const textChannel = 0, stringOption = 3;
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");

const discord = new DigitalDiscord({
  guild: { name: "Cours" },
  channels: [{ name: "questions", type: textChannel }],
  users: [{ username: "Ines" }],
  botToken: process.env.TWIN_TOKEN,
});
await discord.start();
const channelId = (await discord.prisma.channel.findFirst()).id;
const userId = await discord.getFirstNonBotUserId();
say({ url: discord.restUrl, gateway: discord.gatewayUrl, guild: discord.guildId });

for await (const question of createInterface({ input: process.stdin })) {
  const commands = await discord.prisma.applicationCommand.findMany();
  const channel = discord.channel(channelId);
  const { id } = await channel.user(userId).runSlashCommand({
    name: "ask",
    options: [{ name: "question", type: stringOption, value: question }],
  });
  const { type } = await channel.waitForInteractionAck({ interactionId: id });
  let message; // the reply: the greeting of a bot that is new here has no embeds
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    message = (await channel.getMessages()).find((m) => m.embeds?.length > 0);
  } while (!message);
  say({ commands: commands.map((c) => c.name), acknowledgement: type, message });
}
await discord.stop();
process.exit(0);
