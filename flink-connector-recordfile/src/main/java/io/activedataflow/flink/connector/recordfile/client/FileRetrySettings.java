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

package io.activedataflow.flink.connector.recordfile.client;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * For how long, and how often, reading is tried again when a file system fails.
 *
 * @param backoff the waits between attempts
 * @param deadline how long one incident may last, from the first failure on; zero for no retries
 */
@Internal
public record FileRetrySettings(ExponentialBackoff backoff, Duration deadline)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What the options of the source have by default. */
    public static final FileRetrySettings DEFAULT =
            new FileRetrySettings(
                    new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(5), 0.5),
                    Duration.ofMinutes(5));

    public FileRetrySettings {
        Objects.requireNonNull(backoff, "backoff");
        if (deadline.isNegative()) {
            throw new IllegalArgumentException(
                    "The deadline of retries cannot be " + deadline + ". Give zero or more.");
        }
    }
}
