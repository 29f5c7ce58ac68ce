"""The measure of minutes, in its small form: what it fills can be opened, what it times is done."""

from tests.cast import Cast, client

from fanal.config.bench.coordination import minutes


def test_a_small_measure(cast: Cast) -> None:
    minutes.fill(scale=0.01, members={"secretary": cast.secretary})
    browser = client(cast.secretary)
    for label, _who, address in minutes.pages():
        assert browser.get(address).status_code == 200, label
    for result in minutes.others(scale=0.01):
        assert result.value > 0
