"""What is told of a second reader: its cost and its silence, on the page, in the metrics and to whoever asks for readiness."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import open_room
from tests.servers.models import completion, entry, open_model, refusal
from tests.web.desks import open_desk

PARAPHRASE = "Cars will roll over the Harbour Bridge from May 2030, said the mayor"


def test_cost_and_silence_are_told(tmp_path: Path, newsroom: Newsroom) -> None:
    told = completion(str({"facts": [entry("opening", PARAPHRASE, "from May 2030")]}).replace("'", '"'), tokens=(1_000_000, 0))
    with open_model() as model:
        settings = {"FACTWATCH_READER_URL": model.url, "FACTWATCH_READER_MODEL": "tiny", "FACTWATCH_READER_PRICE": "0.5/1"}
        with open_room(tmp_path, newsroom.url, **settings) as room, open_desk(room) as desk:
            room.poll()
            model.behave(told, refusal(429, Retry_After="3600"))
            for number in range(2):
                room.clock.pass_by(days=1)
                newsroom.publish(f"News {number}", f"{PARAPHRASE}. {number}", published=room.clock())
                room.poll()
            name = f"tiny at 127.0.0.1:{model.port}"
            metrics = desk.visitor().get("/metrics").text
            assert f'factwatch_reader_available{{reader="{name}"}} 0.0' in metrics
            assert f'factwatch_reader_cost_per_alert{{reader="{name}"}} 0.5' in metrics
            assert "factwatch_reader_unheard 1.0" in metrics
            assert f"our own reader reads alone: {name} answered 429" in desk.visitor().get("/readyz").text
            page = desk.visitor().get("/overview").text
            assert f"{name} answered 429; our own reader reads alone" in page
            assert "tokens an alert; cost 0.50, 0.5000 an alert" in " ".join(page.split())
