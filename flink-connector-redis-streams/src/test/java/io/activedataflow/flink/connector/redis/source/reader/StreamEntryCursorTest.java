/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class StreamEntryCursorTest {

    @Test
    void keepsIdsUnsigned() {
        StreamEntryCursor entry = new TestEntries().section("s").entry(-1L, -2L, "n", "v").first();

        assertThat(entry.id()).isEqualTo(new StreamEntryId(-1L, -2L));
        assertThat(entry.idMilliseconds()).isEqualTo(-1L);
        assertThat(entry.idSequence()).isEqualTo(-2L);
        assertThat(entry)
                .hasToString("entry 18446744073709551615-18446744073709551614 of stream 's'");
    }

    @Test
    void keepsOrderAndRepetitionOfFields() {
        StreamEntryCursor entry = entryOf("b", "1", "a", "2", "b", "3");

        assertThat(entry.fieldCount()).isEqualTo(3);
        assertThat(entry.nameAsString(0)).isEqualTo("b");
        assertThat(entry.nameAsString(1)).isEqualTo("a");
        assertThat(entry.valueAsString(2)).isEqualTo("3");
        assertThat(entry.indexOf(utf8("b"))).isZero();
        assertThat(entry.lastIndexOf(utf8("b"))).isEqualTo(2);
        assertThat(entry.indexOf(utf8("a"))).isEqualTo(1);
        assertThat(entry.lastIndexOf(utf8("a"))).isEqualTo(1);
        assertThat(entry.indexOf(utf8("c"))).isEqualTo(-1);
        assertThat(entry.lastIndexOf(utf8("bb"))).isEqualTo(-1);
        assertThat(entry.isNamed(1, utf8("a"))).isTrue();
        assertThat(entry.isNamed(1, utf8("aa"))).isFalse();
        assertThat(entry.isNamed(1, utf8("b"))).isFalse();
    }

    @Test
    void passesAnyBytesOn() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] name = {0, '\r', '\n', (byte) 0xFF};
        StreamEntryCursor entry = entryOf(new byte[][] {name, all, {}, {}});

        assertThat(entry.name(0)).isEqualTo(name);
        assertThat(entry.value(0)).isEqualTo(all);
        assertThat(entry.name(1)).isEmpty();
        assertThat(entry.value(1)).isEmpty();
        assertThat(entry.indexOf(name)).isZero();
        assertThat(entry.indexOf(new byte[0])).isEqualTo(1);
        assertThat(entry.nameAsString(0)).isEqualTo("\0\r\n\uFFFD");
    }

    @Test
    void copiesWhatOutlivesTheCall() {
        StreamEntryCursor entry = entryOf("name", "value");
        byte[] name = entry.name(0);
        byte[] value = entry.value(0);
        Arrays.fill(entry.buffer(), (byte) 'x');

        assertThat(name).isEqualTo(utf8("name"));
        assertThat(value).isEqualTo(utf8("value"));
    }

    @Test
    void showsWhereNamesAndValuesLie() {
        StreamEntryCursor entry = entryOf("näme", "välue");

        assertThat(slice(entry.buffer(), entry.nameOffset(0), entry.nameLength(0)))
                .isEqualTo(utf8("näme"));
        assertThat(slice(entry.buffer(), entry.valueOffset(0), entry.valueLength(0)))
                .isEqualTo(utf8("välue"));
        assertThat(entry.valueAsString(0)).isEqualTo("välue");
    }

    private static byte[] slice(byte[] data, int offset, int length) {
        return Arrays.copyOfRange(data, offset, offset + length);
    }

    @Test
    void neverReadsFieldsOfANeighbour() {
        EntryBatch batch =
                new TestEntries()
                        .section("s")
                        .entry(1, 0, "n", "1")
                        .entry(2, 0, "n", "2")
                        .entry(3, 0)
                        .batch();
        batch.nextSplit();
        batch.nextRecordFromSplit();
        StreamEntryCursor second = batch.nextRecordFromSplit();

        assertThatThrownBy(() -> second.value(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Field 1 of entry 2-0 of stream 's', which has 1 fields.");
        assertThatThrownBy(() -> second.name(-1)).isInstanceOf(IndexOutOfBoundsException.class);

        StreamEntryCursor empty = batch.nextRecordFromSplit();
        assertThat(empty.fieldCount()).isZero();
        assertThat(empty.indexOf(utf8("n"))).isEqualTo(-1);
        assertThat(empty.lastIndexOf(utf8("n"))).isEqualTo(-1);
    }
}
