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

package io.activedataflow.flink.connector.recordfile.source.selection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

/** Named parts of paths. */
@Timeout(60)
class PathTemplateTest {

    @Test
    void aTemplateNamesDirectories() {
        PathTemplate template = PathTemplate.ofTemplate("orders/{region}/{date}/*.csv");

        assertThat(template.partsOf("/bucket/in/orders/eu/2024-01-31/a.csv"))
                .containsExactly(entry("region", "eu"), entry("date", "2024-01-31"));
        assertThat(template.partsOf("orders/eu/2024-01-31/a.csv")).hasSize(2);
    }

    @Test
    void aTemplateMatchesWholeNamesAndTheWholeEnd() {
        PathTemplate template = PathTemplate.ofTemplate("orders/{region}/*.csv");

        assertThat(template.partsOf("/in/preorders/eu/a.csv")).isEmpty();
        assertThat(template.partsOf("/in/orders/eu/a.csv.gz")).isEmpty();
        assertThat(template.partsOf("/in/orders/eu/x/a.csv")).isEmpty();
        assertThat(template.partsOf("/in/orders//a.csv")).isEmpty();
    }

    @Test
    void partsCanBePartsOfNames() {
        assertThat(
                        PathTemplate.ofTemplate("date={date}/**/{table}-[0-9]*.{ext}")
                                .partsOf("/in/date=2024/a/b/orders-17.csv"))
                .isEqualTo(Map.of("date", "2024", "table", "orders", "ext", "csv"));
    }

    @Test
    void aRegularExpressionNamesItsGroups() {
        PathTemplate template =
                PathTemplate.ofRegex("(?<region>[a-z]+)/(?:\\(\\?<no>)?(?<day>\\d+)(?<x>y)?");

        assertThat(template.partsOf("/in/eu/31"))
                .containsExactly(entry("region", "eu"), entry("day", "31"));
        assertThat(template.partsOf("/in/eu/31/z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/*.csv", "{a}/{a}", "{}/x", "{a b}", "{a", "{a,b}/x"})
    void malformedTemplatesAreRefused(String template) {
        assertThatThrownBy(() -> PathTemplate.ofTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(template);
    }

    @Test
    void aRegularExpressionWithoutNamesIsRefused() {
        assertThatThrownBy(() -> PathTemplate.ofRegex("(a)/b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(a)/b");
    }
}
