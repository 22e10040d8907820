#!/bin/bash
# Shows that Debian's pcscd, with its serial CCID driver, accepts the simulated reader of every kind
# and reads cards through it: over T=0 and T=1, at the default and at another rate (PPS), with LRC
# and CRC, and over T=1 with faults on the card's line.
#
# Needs root (pcscd), no other pcscd running, and:
#   apt-get install pcscd libccid python3-pyscard
#   cargo build --no-default-features -p gongji-kiosk
# Usage: hal/tests/pcscd.sh PATH-OF-gongji-kiosk [LOG-FOLDER]
set -u
kiosk=${1:?the program gongji-kiosk, as cargo has built it}
logs=${2:-$(mktemp -d)}
driver=/usr/lib/pcsc/drivers/serial/libccidtwin.so
[ -e "$driver" ] || { echo "$driver is missing; apt-get install libccid" >&2; exit 2; }
[ -S /run/pcscd/pcscd.comm ] && { echo "another pcscd runs; stop it first" >&2; exit 2; }
mkdir -p "$logs" || exit 2

read -r -d '' client <<'PYTHON'
import sys
from smartcard.CardConnection import CardConnection
from smartcard.System import readers

wanted, slots = sys.argv[1], int(sys.argv[2])
listed = readers()
assert len(listed) == slots, f"{len(listed)} readers {[str(r) for r in listed]}, not {slots}"
protocol = {"T=0": CardConnection.T0_protocol, "T=1": CardConnection.T1_protocol}[wanted]
card = next(r for r in listed if str(r).endswith(" 00")).createConnection()
card.connect(protocol)
assert card.getProtocol() == protocol, "another protocol"

def send(text, status=0x9000):
    sent = bytes.fromhex(text)
    data, sw1, sw2 = card.transmit(list(sent))
    while wanted == "T=0" and sw1 in (0x61, 0x6C):
        # Over T=0 the application itself fetches what waits, and asks with the right length.
        again = [0, 0xC0, 0, 0, sw2] if sw1 == 0x61 else list(sent[:4]) + [sw2]
        data, sw1, sw2 = card.transmit(again)
    assert sw1 << 8 | sw2 == status, f"{text[:10]} answered {sw1:02X}{sw2:02X}"
    return bytes(data)

def record(tag, le):
    data = send(f"00B2{tag:02X}00{le:02X}")
    assert data[0] == tag and data[1] == len(data) - 2, data.hex()
    return data[2:].rstrip(b"\x00\xff")

send("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
send("00A4020002EF05")
number = record(0x07, 11).decode()
version = record(0x03, 0).decode()
send("00A4020002EF06")
name = record(0x09, 32) + record(0x4E, 22)
# 105 bytes: over T=1 they go out in a chain of four blocks.
send("00DA000064" + "5A" * 100, 0x6D00)
send("0020000003111111", 0x63C2)
send("0020000003123456")
atr = bytes(card.getATR()).hex().upper()
card.disconnect()
print(f"{number} {version} {name.decode('gbk')} | 63C2, then 9000 | {atr}")
PYTHON

card_file() { # FILE PROTOCOL ATR
    cat >"$1" <<TOML
number = "X00000001"
id_number = "999999194001010013"
name = "买买提·阿卜杜热西提·图尔荪江·麦麦提"
issued = "2018-03-01"
expires = "2099-12-31"
protocol = "$2"
pin = "123456"
TOML
    [ -z "$3" ] || echo "atr = \"$3\"" >>"$1"
}

# What the card is; the protocol asked for; its answer to reset, if not the usual one.
cards=(
    "T=0:T=0:"
    "T=1:T=1:"
    "T=0 at 125000 baud:T=0:3B1095"
    "T=1 at 125000 baud, CRC:T=1:3B90958171104501A1"
    "T=0 first, T=1 asked:T=1:3B80800101"
    "T=1 with faults:T=1:"
)
# Those that libccid repairs; on a lost block it gives up.
faults=("t1-edc" "t1-wtx" "t1-garbled" "t1-half" "t1-sequence 2")


await() { # SECONDS COMMAND...
    local tries=$(($1 * 20))
    shift
    for ((; tries > 0; tries--)); do "$@" && return 0; sleep 0.05; done
    return 1
}

failed=0
echo "| reader | slots | card | read | VERIFY | ATR |"
echo "|---|---|---|---|---|---|"
for row in GemPCTwin:1 GemPCPinPad:1 GemCorePOSPro:5 GemCoreSIMPro:2 GemCoreSIMPro2:2 SEC1210:2; do
    kind=${row%:*} slots=${row#*:}
    for card in "${cards[@]}"; do
        IFS=: read -r what protocol atr <<<"$card"
        dir=$(mktemp -d)
        log=$logs/$kind-${what// /-}.log
        card_file "$dir/card.toml" "$protocol" "$atr"
        {
            echo "card insert $dir/card.toml"
            case $what in *faults) for fault in "${faults[@]}"; do echo "fault card $fault"; done ;; esac
        } >"$dir/orders"
        "$kiosk" devices simulate --dir "$dir" --reader "$kind" \
            < <(cat "$dir/orders"; exec sleep 60) >"$dir/said" 2>&1 &
        simulator=$!
        await 5 grep -qs '^ok' "$dir/said"
        # pcscd finds the other slots itself.
        printf 'FRIENDLYNAME "Simulated %s"\nDEVICENAME %s:%s\nLIBPATH %s\n' \
            "$kind" "$dir/card" "$kind" "$driver" >"$dir/reader.conf"
        LIBCCID_ifdLogLevel=0x000F pcscd --foreground --debug --apdu --config "$dir/reader.conf" \
            >"$log" 2>&1 &
        daemon=$!
        await 10 test -S /run/pcscd/pcscd.comm
        if said=$(timeout 40 /usr/bin/python3 -c "$client" "$protocol" "$slots" 2>"$dir/error")
        then
            echo "| $kind | $slots | $what | $said |"
        else
            echo "| $kind | $slots | $what | FAILED: $(tail -1 "$dir/error") | | |"
            failed=1
        fi
        kill "$daemon" "$simulator" 2>/dev/null
        wait "$daemon" "$simulator" 2>/dev/null
        rm -f /run/pcscd/pcscd.comm
        rm -rf "$dir"
    done
done
exit $failed
