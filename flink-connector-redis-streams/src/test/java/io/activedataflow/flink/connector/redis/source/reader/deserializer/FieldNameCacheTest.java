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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static io.activedataflow.flink.connector.redis.source.reader.TestEntries.entryOf;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FieldNameCacheTest {

    private final List<String> resolved = new ArrayList<>();
    private final FieldNameCache<String> cache =
            new FieldNameCache<>(
                    name -> {
                        resolved.add(new String(name, StandardCharsets.UTF_8));
                        return resolved.get(resolved.size() - 1);
                    });

    private List<String> names(RedisStreamsEntry entry) throws IOException {
        List<String> names = new ArrayList<>();
        for (int field = 0; field < entry.fieldCount(); field++) {
            names.add(cache.get(entry, field));
        }
        return names;
    }

    @Test
    void resolvesTheNamesOfOneLayoutOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(names(entryOf("a", "1", "b", "2", "a", "3"))).containsExactly("a", "b", "a");
        }

        assertThat(resolved).containsExactly("a", "b", "a");
    }

    @Test
    void resolvesOnlyWhatDiffers() throws IOException {
        names(entryOf("a", "1", "b", "2", "c", "3"));
        assertThat(names(entryOf("a", "1", "x", "2", "c", "3"))).containsExactly("a", "x", "c");
        assertThat(names(entryOf("a", "1"))).containsExactly("a");

        assertThat(resolved).containsExactly("a", "b", "c", "x");
    }

    @Test
    void neverTakesAPrefixForTheName() throws IOException {
        names(entryOf("ab", "1"));

        assertThat(names(entryOf("a", "1"))).containsExactly("a");
        assertThat(names(entryOf("abc", "1"))).containsExactly("abc");
        assertThat(names(entryOf("", "1"))).containsExactly("");
    }

    @Test
    void boundsWhatItRemembers() throws IOException {
        String longName = "n".repeat(257);
        names(entryOf(longName, "1"));
        names(entryOf(longName, "1"));
        assertThat(resolved).containsExactly(longName, longName);
        resolved.clear();

        String[] fields = new String[2 * 1030];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "f" + i / 2;
            fields[i + 1] = "v";
        }
        assertThat(names(entryOf(fields))).hasSize(1030).startsWith("f0").endsWith("f1029");
        assertThat(names(entryOf(fields))).hasSize(1030).startsWith("f0").endsWith("f1029");

        assertThat(resolved)
                .hasSize(1030 + 6)
                .endsWith("f1024", "f1025", "f1026", "f1027", "f1028", "f1029");
    }
}
