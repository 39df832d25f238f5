import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from "botbuilder";
import restify from "restify";

/** The echo bot of botbuilder's samples: what a plain bot behind CloudAdapter does, to be measured beside. */
class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context: TurnContext, next: () => Promise<void>) => {
      await context.sendActivity(`Echo: ${context.activity.text}`);
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new EchoBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser({ maxBodySize: 65_536 }));
server.post("/api/messages", async (request, response) => {
  // The two packages disagree about optional fields only.
  const asked = request as unknown as Parameters<typeof adapter.process>[0];
  await adapter.process(asked, response, (context) => bot.run(context));
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => process.stdout.write("ready\n"));
process.on("SIGUSR2", () => globalThis.gc?.());
