from tests.cast import Cast, client, api


def test_x(cast: Cast) -> None:
    r = api(cast.officer).get("/api/directory/call?municipality=T01&purpose=SEX")
    print(r.content.decode()[:3000])
    assert r.status_code == 200
    r = api(cast.officer).get("/api/openapi.json")
    assert r.status_code == 200
