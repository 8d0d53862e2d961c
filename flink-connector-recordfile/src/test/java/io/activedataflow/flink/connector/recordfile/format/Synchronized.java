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

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a file cut anywhere has the same records as a file read in one go. */
final class Synchronized {

    private Synchronized() {}

    static void atEveryCut(RecordFileFraming framing, byte[] file) {
        List<Framed> all = Framed.of(framing, file, file.length + 1, Integer.MAX_VALUE);
        RecordFramer framer = framing.createFramer();
        for (int cut = framer.lookBehind(); cut <= file.length; cut++) {
            int wanted = cut;
            int expected =
                    all.stream()
                            .mapToInt(Framed::from)
                            .filter(from -> from >= wanted)
                            .findFirst()
                            .orElse(file.length);
            int from = cut - framer.lookBehind();
            int found = -1;
            for (int limit = cut; limit <= file.length && found < 0; limit++) {
                found = framer.synchronize(file, from, limit, limit == file.length);
            }
            assertThat(found).as("cut at %d", cut).isEqualTo(expected);
        }
    }
}
