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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The table against a map. */
class FileTableTest {

    @Property(tries = 300)
    void isAMap(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 300) Integer> operations) {
        FileTable table = new FileTable();
        Map<PathHash, Long> map = new HashMap<>();
        long time = 0;
        for (int operation : operations) {
            time++;
            if (operation == 0) {
                table.retain(index -> table.modified(index) % 3 != 0);
                map.values().removeIf(modified -> modified % 3 == 0);
            } else {
                // Half of the hashes want the same slot.
                PathHash hash = new PathHash(operation % 2 == 0 ? 64L : operation, operation);
                table.put(hash, time, -time, time + 1);
                map.put(hash, time);
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        map.forEach(
                (hash, modified) -> {
                    int index = table.find(hash);
                    assertThat(table.modified(index)).isEqualTo(modified);
                    assertThat(table.content(index)).isEqualTo(-modified);
                    assertThat(table.listed(index)).isEqualTo(modified + 1);
                    assertThat(table.hash(index)).isEqualTo(hash);
                });
        assertThat(table.find(new PathHash(1, 999))).isEqualTo(FileTable.ABSENT);
    }
}
