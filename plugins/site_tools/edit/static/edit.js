// Starts the editor with the configuration that `invoke edit` made.
import { init } from "/cms/index.js";

const answer = await fetch("/config.json");
init({ config: { ...(await answer.json()), load_config_file: false } });
