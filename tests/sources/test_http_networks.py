"""GET requests go where they may: no private networks, no odd addresses, no certificates that nobody signed."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, Policy
from neco_weekly.sources.http.addresses import Address

from tests.certificates import self_signed

from .clock import Clock
from .sites import PAGE, POLICY, Serve, Site, answers, drip, redirect


class TestPrivateNetworks:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "LOCALHOST", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "0177.0.0.1",
            "127.1", "127.0.1", "[::ffff:127.0.0.1]", "[::FFFF:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]",
            "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "ｌｏｃａｌｈｏｓｔ",
        ],
    )  # fmt: skip
    def test_are_refused_however_they_are_written(self, serve: Serve, host: str) -> None:
        site = serve({"/": PAGE})
        with pytest.raises(FetchError, match=r"is refused: .*(127\.0\.0\.1|7f00:1) port .*--allow-private") as caught:
            Http(replace(POLICY, allow_private=())).get(f"http://{host}:{site.port}/")
        assert (caught.value.code, site.asked) == ("private-address", [])

    @pytest.mark.parametrize("host", ["[::1]", "[::]", "[fd00:ec2::254]", "169.254.169.254", "0", "0.0.0.0"])
    @pytest.mark.parametrize("port", ["", ":80", ":443", ":8080"])
    def test_are_refused_on_every_port(self, host: str, port: str) -> None:
        with pytest.raises(FetchError, match="is refused") as caught:
            Http(POLICY).get(f"http://{host}{port}/")
        assert caught.value.code == "private-address"

    @pytest.mark.parametrize(
        "target",
        ["http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[::1]/", "//[::ffff:10.0.0.1]/", "//10.1"],
    )
    def test_are_refused_after_a_redirect(self, serve: Serve, target: str) -> None:
        with pytest.raises(FetchError, match="is refused"):
            Http(POLICY).get(serve({"/": redirect(target)}).url)

    @pytest.mark.parametrize("port", [22, 25, 8080])
    def test_public_hosts_are_refused_on_other_ports(self, port: int) -> None:
        with pytest.raises(FetchError, match=f"93.184.216.34 port {port} is not a public web address"):
            Http(POLICY, resolve=answers("93.184.216.34")).get(f"http://public.example:{port}/")

    def test_only_the_allowed_addresses_of_a_host_are_connected_to(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        http = Http(POLICY, resolve=answers("169.254.169.254", "10.0.0.1", "127.0.0.1"))
        assert http.get(f"http://mixed.example:{site.port}/").status == 200

    def test_the_address_that_was_checked_is_connected_to(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        asked: list[str] = []

        def rebinding(host: str, _port: int) -> list[Address]:
            asked.append(host)
            return [ipaddress.ip_address("127.0.0.1" if len(asked) == 1 else "10.0.0.1")]

        assert Http(POLICY, resolve=rebinding).get(f"http://rebinding.example:{site.port}/").status == 200
        assert asked == ["rebinding.example"]

    def test_every_request_is_checked_anew(self, serve: Serve) -> None:
        site = serve({"/": redirect("/again"), "/again": PAGE})
        found = iter(["127.0.0.1", "10.0.0.1"])
        http = Http(POLICY, resolve=lambda _host, _port: [ipaddress.ip_address(next(found))])
        with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
            http.get(f"http://rebinding.example:{site.port}/")

    def test_an_address_given_by_an_option_is_trusted(self, serve: Serve) -> None:
        site = serve({"/api/x": PAGE})
        policy = replace(POLICY, allow_private=(), trusted=(f"{site.url}/api",))
        assert Http(policy).get(f"{site.url}/api/x").status == 200

    def test_trust_ends_at_another_port(self, serve: Serve) -> None:
        other = serve({"/": PAGE})
        site = serve({"/": redirect(other.url)})
        with pytest.raises(FetchError, match="is refused"):
            Http(replace(POLICY, allow_private=(), trusted=(site.url,))).get(site.url)
        assert other.asked == []

    def test_a_page_cannot_lead_to_an_address_that_was_trusted_for_something_else(self, serve: Serve) -> None:
        api = serve({"/": PAGE})
        page = serve({"/": redirect(f"http://api.example:{api.port}/")})
        policy = replace(
            POLICY, allow_private=(ipaddress.ip_network("127.0.0.1/32"),), trusted=(f"http://api.example:{api.port}",)
        )
        http = Http(policy, resolve=lambda host, _port: answers("::1" if host == "api.example" else "127.0.0.1")("", 0))
        with pytest.raises(FetchError, match=r"::1 port .* is not a public web address"):
            http.get(f"http://page.example:{page.port}/")

    def test_proxies_of_the_environment_are_not_asked(self, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
        proxy, site = serve({}), serve({"/": PAGE})
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        Http(POLICY).get(site.url)
        assert (len(site.asked), proxy.asked) == (1, [])

    def test_passwords_of_netrc_are_not_sent(
        self, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url)
        assert "authorization" not in site.asked[0].headers


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        ["", "page", "/page", "//host/page", "file:///etc/passwd", "ftp://host/", "http://", "http:///page",
         "http://[::1", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[127.0.0.1]/", "http://host:99999/",
         "http://host:x/", "http://ho<st/", "gopher://host/", "http:host",
         "http://ho st/", "http://host%00/", "http://-日本語-.jp/"],
    )  # fmt: skip
    def test_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(FetchError, match=r"no web address|nothing else is fetched"):
            Http(POLICY, resolve=answers("127.0.0.1")).get(url)

    @pytest.mark.parametrize(
        "url", ["https://me:s3cret@host.example/", "https://s3cret@host.example/", "http://s3cret.example\\@127.0.0.1/"]
    )
    def test_with_a_password_is_refused_without_printing_it(self, url: str) -> None:
        with pytest.raises(FetchError, match="carries a user name or password") as caught:
            Http(POLICY).get(url)
        assert "s3cret" not in str(caught.value)
        assert caught.value.code == "address"

    def test_cannot_carry_headers(self, serve: Serve) -> None:
        site = serve({"/aX-Evil:%201": PAGE})
        Http(POLICY).get(f"{site.url}/a\r\nX-Evil: 1")
        assert "x-evil" not in site.asked[0].headers

    @pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\n b", "a\0b", "猫"])
    def test_a_header_cannot_carry_another(self, serve: Serve, value: str) -> None:
        site = serve({"/": PAGE})
        with pytest.raises(FetchError, match="the request header X-Mine holds a character"):
            Http(POLICY).get(site.url, headers={"X-Mine": value})
        assert site.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for secure.example that nobody signed, in one file."""
    return self_signed(tmp_path_factory.mktemp("tls") / "secure.pem", "secure.example")


class TestTls:
    @pytest.fixture
    def named(self) -> list[str]:
        """The names that a server was asked for in handshakes."""
        return []

    @pytest.fixture
    def secure(self, serve: Serve, certificate: Path, named: list[str]) -> Site:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        context.sni_callback = lambda _socket, name, _context: named.append(name)
        return serve({"/": PAGE, "/drip": drip(b"HTTP/1.0 200 OK\r\n\r\nx", b".")}, tls=context)

    @pytest.fixture
    def trusted(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")

    def get(self, url: str, policy: Policy = POLICY) -> tuple[bytes, bool]:
        response = Http(policy, resolve=answers("127.0.0.1")).get(url)
        return response.body, response.complete

    def test_a_certificate_that_nobody_signed(self, secure: Site) -> None:
        with pytest.raises(FetchError, match="the certificate cannot be trusted: self-signed certificate"):
            self.get(f"https://secure.example:{secure.port}/")
        assert secure.asked == []

    @pytest.mark.usefixtures("trusted")
    def test_the_name_is_checked_though_we_connect_to_an_address(self, secure: Site, named: list[str]) -> None:
        assert self.get(f"https://secure.example:{secure.port}/") == (b"<title>A page</title>", True)
        assert self.get(f"https://SECURE.example.:{secure.port}/") == (b"<title>A page</title>", True)
        assert named == ["secure.example"] * 2
        for name in ("other.example", "127.0.0.1"):
            with pytest.raises(FetchError, match=r"the certificate cannot be trusted: .*mismatch"):
                self.get(f"https://{name}:{secure.port}/")

    @pytest.mark.usefixtures("trusted")
    def test_a_slow_drip_ends(self, secure: Site, clock: Clock) -> None:
        clock.tick = 1
        _, complete = self.get(f"https://secure.example:{secure.port}/drip", replace(POLICY, timeout=40))
        assert not complete

    def test_a_handshake_that_never_ends(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with pytest.raises(FetchError, match=r"took longer than 0.2 s"):
                self.get(f"https://127.0.0.1:{port}/", replace(POLICY, timeout=0.2))

    def test_plain_http_where_tls_is_expected(self, serve: Serve) -> None:
        with pytest.raises(FetchError, match="the connection failed"):
            self.get(f"https://127.0.0.1:{serve({}).port}/")
