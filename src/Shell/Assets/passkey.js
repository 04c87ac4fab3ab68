// Asks the browser for a passkey and sends its answer with the form that carries the question.
// The page is reached by pressing a button, so it begins at once; a second press tries again.

const form = document.querySelector("form[data-passkey]");
const start = form?.querySelector("[data-passkey-start]");
const state = form?.querySelector("[data-passkey-state]");
let asking = false;

async function ask() {
  if (asking) return;
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return say(form.dataset.unsupportedText);
  asking = true;
  say(form.dataset.waitingText);
  try {
    const question = JSON.parse(form.dataset.question);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (problem) {
    // InvalidStateError: this device has a passkey of this account already. Everything else reads alike, on purpose.
    say(problem.name === "InvalidStateError" ? form.dataset.knownText : form.dataset.failedText);
  } finally {
    asking = false;
  }
}

function say(text) {
  if (state) state.textContent = text ?? "";
}

if (form) {
  start?.addEventListener("click", ask);
  ask();
}
