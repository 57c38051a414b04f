PICTURE = "/arbetsmodellen/"


def text(response, status=200):
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_everyone_sees_the_whole_model(as_, town):
    for name in ("ue", "park", "ame", "chef", "styr", "mal", "admin", "af", "bistand", "bygg"):
        page = text(as_(name).get(PICTURE))
        assert "Vem gör vad, och när" in page
        assert "Samlad bedömning" in page
