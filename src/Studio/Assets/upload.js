// Sends a chosen or dropped video at once and shows how far it is. The form then only carries its id. Without this module
// the form itself carries the file.

import { toast } from "./toast.js";

const form = document.getElementById("compose");
const input = document.getElementById("file");
const drop = document.getElementById("drop");
const state = document.getElementById("upload");
const problem = document.getElementById("upload-error");
const bar = document.getElementById("upload-progress");
const note = document.getElementById("upload-progress-note");
const chosen = document.getElementById("chosen-media");
const stop = document.querySelector("[data-upload-stop]");
const containers = /\.(mp4|m4v|mov|webm)$/i;

let running = null;

const size = bytes => bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;
const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[at]);

function refuse(text) {
  state.hidden = true;
  problem.hidden = false;
  problem.textContent = text;
}

function send(file) {
  running?.abort();
  problem.hidden = true;
  problem.textContent = "";
  // Told before a byte travels; the server looks for itself.
  if (file.size > Number(form.dataset.limitBytes)) return refuse(fill(state.dataset.tooBig, file.name));
  if (!file.type.startsWith("video/") && !containers.test(file.name)) return refuse(fill(state.dataset.notVideo, file.name));

  const request = running = new XMLHttpRequest();
  state.hidden = false;
  stop.hidden = false;
  form.dataset.uploading = "";
  show(0, file.size);
  request.upload.addEventListener("progress", event => show(event.loaded, file.size));
  request.addEventListener("load", () => {
    if (request.status === 201) return done(JSON.parse(request.responseText), file);
    let told = null;
    try { told = JSON.parse(request.responseText).error; } catch { /* a proxy's page */ }
    refuse(told ?? state.dataset.failed);
  });
  request.addEventListener("error", () => refuse(state.dataset.failed));
  request.addEventListener("abort", () => { if (running === request) refuse(state.dataset.stopped); });
  request.addEventListener("loadend", () => { if (running === request) { running = null; delete form.dataset.uploading; } });
  request.open("POST", "/media");
  request.setRequestHeader("X-Antiforgery", form.querySelector('input[name="__RequestVerificationToken"]').value);
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
  request.send(file);
}

function show(sent, all) {
  bar.max = all;
  bar.value = sent;
  note.textContent = fill(state.dataset.going, size(sent), size(all));
}

function done(media, file) {
  input.value = "";
  show(file.size, file.size);
  note.textContent = state.dataset.done;
  stop.hidden = true;
  const choice = document.createElement("div");
  choice.className = "choice";
  const radio = Object.assign(document.createElement("input"), { type: "radio", id: "media-upload", name: "media", value: media.id, checked: true });
  radio.dataset.url = media.url;
  const label = Object.assign(document.createElement("label"), { className: "label", htmlFor: "media-upload", textContent: media.name });
  const hint = Object.assign(document.createElement("p"), { className: "hint", textContent: size(file.size) });
  choice.append(radio, label, hint);
  chosen.replaceChildren(choice);
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  toast(state.dataset.done);
  sendCover(media).catch(() => { /* the list shows the video itself */ });
}

/** The first frame as a small picture, so that lists need not load the video. */
async function sendCover(media) {
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, preload: "auto", src: media.url });
  await new Promise((resolve, reject) => { video.addEventListener("loadeddata", resolve, { once: true }); video.addEventListener("error", reject, { once: true }); });
  // Many videos begin in black.
  if (video.duration > 1) await new Promise(resolve => { video.addEventListener("seeked", resolve, { once: true }); video.currentTime = 0.5; });
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, 540 / Math.max(1, video.videoWidth));
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise(resolve => canvas.toBlob(resolve, "image/jpeg", 0.8));
  video.removeAttribute("src");
  video.load();
  if (!picture) return;
  await fetch(`/media/${media.id}/cover`, {
    method: "POST", body: picture, credentials: "same-origin",
    headers: { "Content-Type": "image/jpeg", "X-Antiforgery": form.querySelector('input[name="__RequestVerificationToken"]').value },
  });
}

if (form && input) {
  input.addEventListener("change", () => { if (input.files[0]) send(input.files[0]); });
  stop.addEventListener("click", () => { running?.abort(); input.value = ""; });
  drop.addEventListener("dragover", event => { event.preventDefault(); drop.dataset.drop = ""; });
  drop.addEventListener("dragleave", () => delete drop.dataset.drop);
  drop.addEventListener("drop", event => {
    event.preventDefault();
    delete drop.dataset.drop;
    if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
  });
  // A form that left now would carry the file a second time, or not at all.
  form.addEventListener("submit", event => { if ("uploading" in form.dataset) { event.preventDefault(); state.scrollIntoView({ block: "center" }); } });
}
