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

package io.activedataflow.flink.connector.recordfile.format;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ByteScanTest {

    @Property
    void findsWhatAByteByByteSearchFinds(
            @ForAll("bytes") byte[] bytes,
            @ForAll("wanted") byte wanted,
            @ForAll int someFrom,
            @ForAll int someLimit) {
        int from = Math.floorMod(someFrom, bytes.length + 1);
        int limit = from + Math.floorMod(someLimit, bytes.length + 1 - from);

        assertThat(ByteScan.indexOf(bytes, from, limit, wanted))
                .isEqualTo(
                        IntStream.range(from, limit)
                                .filter(i -> bytes[i] == wanted)
                                .findFirst()
                                .orElse(-1));
        assertThat(ByteScan.count(bytes, from, limit, wanted))
                .isEqualTo(
                        (int) IntStream.range(from, limit).filter(i -> bytes[i] == wanted).count());
    }

    /** Neighbours of the wanted byte are what borrows and carries would go wrong at. */
    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.of((byte) '\n', (byte) 11, (byte) 9, (byte) 0x8A, (byte) 0, (byte) -1)
                .array(byte[].class)
                .ofMaxSize(64);
    }

    @Provide
    Arbitrary<Byte> wanted() {
        return Arbitraries.of((byte) '\n', (byte) 0, (byte) -1, (byte) 0x8A);
    }
}
