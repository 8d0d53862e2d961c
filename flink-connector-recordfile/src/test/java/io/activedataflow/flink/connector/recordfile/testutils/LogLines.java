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

package io.activedataflow.flink.connector.recordfile.testutils;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a class logs, from level INFO up, while this is open. An event with a stack trace shows as
 * more than one line.
 */
public final class LogLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level levelBefore;
    private final AbstractAppender appender;

    private LogLines(Logger logger) {
        this.logger = logger;
        this.levelBefore = logger.getLevel();
        this.appender =
                new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        lines.add(
                                event.getLevel() + " " + event.getMessage().getFormattedMessage());
                        if (event.getThrown() != null) {
                            lines.add("with the stack trace of " + event.getThrown());
                        }
                    }
                };
    }

    public static LogLines of(Class<?> type) {
        LogLines lines = new LogLines((Logger) LogManager.getLogger(type));
        lines.appender.start();
        lines.logger.addAppender(lines.appender);
        lines.logger.setLevel(Level.INFO);
        return lines;
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.setLevel(levelBefore);
        logger.removeAppender(appender);
        appender.stop();
    }
}
