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

package io.activedataflow.flink.connector.e2e.environment;

import java.net.URI;

/** A client of the REST API of one cluster. */
public final class FlinkRest {

    private final URI uri;

    /** A client of the API at this URI, such as {@code http://127.0.0.1:8081}. */
    public FlinkRest(URI uri) {
        this.uri = uri;
    }

    /** Where the API is, as the test sees it. */
    public URI uri() {
        return uri;
    }
}
