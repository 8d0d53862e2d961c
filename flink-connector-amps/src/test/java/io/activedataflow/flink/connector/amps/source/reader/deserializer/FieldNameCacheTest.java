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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FieldNameCacheTest {

    private final List<String> resolved = new ArrayList<>();
    private final FieldNameCache<String> cache =
            new FieldNameCache<>(
                    tag -> {
                        resolved.add(new String(tag, StandardCharsets.UTF_8));
                        return resolved.get(resolved.size() - 1);
                    });

    /** Reads a body whose fields have these tags. */
    private List<String> tags(String... written) throws IOException {
        TagValueCursor cursor = new TagValueCursor();
        cursor.reset(messageOf(String.join("=value\u0001", written) + "=value"));
        List<String> tags = new ArrayList<>();
        while (cursor.next()) {
            tags.add(cache.get(cursor));
        }
        return tags;
    }

    @Test
    void resolvesTheTagsOfOneLayoutOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(tags("a", "b", "a")).containsExactly("a", "b", "a");
        }

        assertThat(resolved).containsExactly("a", "b", "a");
    }

    @Test
    void resolvesOnlyWhatDiffers() throws IOException {
        tags("a", "b", "c");
        assertThat(tags("a", "x", "c")).containsExactly("a", "x", "c");
        assertThat(tags("a")).containsExactly("a");

        assertThat(resolved).containsExactly("a", "b", "c", "x");
    }

    @Test
    void neverTakesAPrefixForTheTag() throws IOException {
        tags("ab");

        assertThat(tags("a")).containsExactly("a");
        assertThat(tags("abc")).containsExactly("abc");
    }

    @Test
    void boundsWhatItRemembers() throws IOException {
        String longTag = "n".repeat(257);
        tags(longTag);
        tags(longTag);
        assertThat(resolved).containsExactly(longTag, longTag);
        resolved.clear();

        String[] fields = new String[1030];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = "f" + i;
        }
        assertThat(tags(fields)).containsExactly(fields);
        assertThat(tags(fields)).containsExactly(fields);

        assertThat(resolved)
                .hasSize(1030 + 6)
                .endsWith("f1024", "f1025", "f1026", "f1027", "f1028", "f1029");
    }
}
