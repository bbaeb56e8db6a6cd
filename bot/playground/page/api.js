// Talking to the playground's server. Addresses are relative: the secret stands in that of
// the page.

let as = "";

/** speakAs says who acts from now on. */
export function speakAs(id) { as = id; }

const address = (path, params = {}) => {
  const query = new URLSearchParams(params);
  query.set("as", as);
  return `${path}?${query}`;
};

async function answer(response) {
  const body = await response.json().catch(() => ({ error: `The playground answers ${response.status}.` }));
  if (!response.ok) throw new Error(body.error);
  return body;
}

/** get reads api/NAME. */
export const get = async (name, params = {}) => answer(await fetch(address("api/" + name, params)));

/** act does what a person does; see action in do.go. It throws what Discord would refuse. */
export const act = async (action) =>
  answer(await fetch(address("api/do"), { method: "POST", body: JSON.stringify(action) }));

/** follow follows server-sent events; handlers are named by kind, "message" is the usual one. */
export function follow(name, params, handlers) {
  const source = new EventSource(address("api/" + name, params));
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(event.data === undefined ? undefined : JSON.parse(event.data)));
  }
  return source;
}

/** fileOf reads a File into the form in which it is sent. */
export function fileOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ name: file.name, type: file.type, data: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
