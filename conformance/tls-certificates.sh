#!/bin/sh
# Makes, in the folder $1, an authority (ca.pem) and certificates of servers and clients of many kinds by openssl: NAME.pem with
# the chain, NAME.key with the key; and in crls.pem what was revoked, by the authority and by one below it.
set -eu
mkdir -p "$1" && cd "$1"
cat >ca.conf <<'CONF'
[ca]
default_ca = us
[us]
database = index
serial = serial
new_certs_dir = .
policy = any
default_md = sha256
unique_subject = no
default_crl_days = 30
[any]
commonName = supplied
CONF
: >index
echo 01 >serial

digest=sha256 subject=

# issue NAME KEY FROM TO SAN EXTENSIONS [AUTHORITY], signed with $digest for $subject, or NAME; SAN may be none
issue() {
  case $2 in
    ec) openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" ;;
    *) openssl genrsa -out "$1.key" "$2" ;;
  esac
  openssl req -new -key "$1.key" -subj "/CN=${subject:-$1}" -out "$1.csr"
  { [ "$5" = none ] || echo "subjectAltName=$5"; echo "$6"; } >"$1.ext"
  openssl ca -batch -md "$digest" -config ca.conf -notext -cert "${7:-ca}.pem" -keyfile "${7:-ca}.key" -in "$1.csr" \
    -startdate "$3" -enddate "$4" -extfile "$1.ext" -out "$1.leaf"
  cp "$1.leaf" "$1.pem"
  [ -z "${7:-}" ] || cat "$7.pem" >>"$1.pem"
}

openssl ecparam -name prime256v1 -genkey -noout -out ca.key
openssl req -x509 -new -key ca.key -subj '/CN=Authority' -days 3650 -out ca.pem
here=DNS:localhost,IP:127.0.0.1 server=extendedKeyUsage=serverAuth past=20200101000000Z now=20250101000000Z future=20990101000000Z
issue good-ec ec $now $future $here $server
issue good-rsa 2048 $now $future $here $server
issue expired ec $past $now $here $server
issue not-yet-valid ec 20980101000000Z $future $here $server
issue wrong-host ec $now $future DNS:other.example $server
issue weak-key 768 $now $future $here $server
issue for-clients-only ec $now $future $here extendedKeyUsage=clientAuth
issue no-authority ec $now $future $here basicConstraints=CA:FALSE
issue under-no-authority ec $now $future $here $server no-authority
openssl ecparam -name prime256v1 -genkey -noout -out self-signed.key
openssl req -x509 -new -key self-signed.key -subj /CN=localhost -addext "subjectAltName=$here" -days 30 -out self-signed.pem

issue wildcard ec $now $future 'DNS:*.wild.example' $server
subject=127.0.0.1
issue name-in-subject ec $now $future none $server
subject=
digest=sha1
issue sha1 2048 $now $future $here $server
digest=sha256

client=extendedKeyUsage=clientAuth
issue client-expired ec $past $now $here $client
issue client-revoked ec $now $future $here $client
issue client-under-no-authority ec $now $future $here $client no-authority

# Two that are revoked: a server's own certificate, and the authority above a server.
issue revoked ec $now $future $here $server
issue between ec $now $future $here basicConstraints=critical,CA:TRUE
issue revoked-between ec $now $future $here basicConstraints=critical,CA:TRUE
issue under-between ec $now $future $here $server between
issue under-revoked ec $now $future $here $server revoked-between
for each in revoked client-revoked revoked-between; do
  openssl ca -config ca.conf -cert ca.pem -keyfile ca.key -revoke "$each.leaf"
done
openssl ca -config ca.conf -cert ca.pem -keyfile ca.key -gencrl -out crls.pem
# These have revoked nothing.
: >index
for each in between revoked-between; do
  openssl ca -config ca.conf -cert "$each.pem" -keyfile "$each.key" -gencrl -out "$each.crl"
  cat "$each.crl" >>crls.pem
done
