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

package io.activedataflow.flink.connector.e2e.suite;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.net.URL;
import java.util.List;
import java.util.stream.IntStream;

/** What one case of the suite reads, and the jars that the job brings to the cluster for it. */
abstract class SuiteContext implements DataStreamSourceExternalContext<String> {

    private static final int RECORDS = 200;

    private final String connector;
    private final List<URL> jars;

    SuiteContext(String connector, List<URL> jars) {
        this.connector = connector;
        this.jars = jars;
    }

    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        return IntStream.range(0, RECORDS)
                .mapToObj(n -> splitIndex + "-" + n + "-" + Long.toHexString(seed))
                .toList();
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return jars;
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return connector;
    }
}
